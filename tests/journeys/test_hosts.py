"""A space's host with an account says that what the directory tells is true, and does nothing else."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from spaces.models import Space, SpaceHost
from tests.factories import UserFactory, appointed, listed_space, open_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana(client):
    person = UserFactory(first_name="Hana", email="hana@example.org")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    client.force_login(person)
    return person


def test_a_host_finds_the_space_and_confirms_it(client, hana):
    space = listed_space(open_region(name="Kenya"), name="Hub")
    assert "The spaces that you open" not in client.get(reverse("account_home")).content.decode()
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    assert reverse("hosted_spaces") in client.get(reverse("account_home")).content.decode()
    page = client.get(reverse("hosted_spaces")).content.decode()
    assert "Hub" in page
    answer = client.post(reverse("confirm_space", args=[space.slug]), follow=True)
    assert "confirmed today" in answer.content.decode()
    assert Space.objects.get().confirmed_at is not None


def test_a_space_of_somebody_else_does_not_exist(client, hana):
    space = listed_space(open_region(name="Kenya"), name="Hub")
    SpaceHost.objects.create(space=space, name="Juma", email="juma@example.org")
    assert "Hub" not in client.get(reverse("hosted_spaces")).content.decode()
    assert client.post(reverse("confirm_space", args=[space.slug])).status_code == 404
    assert client.get(reverse("confirm_space", args=[space.slug])).status_code == 405
    assert Space.objects.get().confirmed_at is None


def test_only_those_who_keep_a_space_open_its_hours(client, hana):
    kenya = open_region(name="Kenya")
    space = listed_space(kenya, name="Hub")
    address = reverse("space_hours", args=[space.slug])
    assert client.get(address).status_code == 404
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"
    other, own = UserFactory(), UserFactory()
    open_region(name="Uganda").grant(other, "ambassador")
    kenya.grant(own, "ambassador")
    client.force_login(other)
    assert client.post(address, {}).status_code == 404
    client.force_login(own)
    assert client.get(address).status_code == 200


def brought_in(hosts_address):
    """A listed space from a file, whose host has declared nothing."""
    undeclared = dict.fromkeys(Space.DECLARATIONS, False)
    space = listed_space(open_region(name="Kenya"), name="Hub", source="elsewhere", source_id="7", **undeclared)
    SpaceHost.objects.create(space=space, name="Hana", email=hosts_address)
    return space


def test_a_host_declares_what_nobody_else_could(client, hana):
    space = brought_in("hana@example.org")
    url = reverse("declare_space", args=[space.slug])
    assert url in client.get(reverse("hosted_spaces")).content.decode()
    before = Space.objects.values().get()
    answer = client.post(url, dict.fromkeys(Space.DECLARATIONS[:3], "on"))
    assert 'id="id_host_agrees_error"' in answer.content.decode()
    assert Space.objects.values().get() == before
    answer = client.post(url, dict.fromkeys(Space.DECLARATIONS, "on"), follow=True)
    assert "The page now says that you confirmed it today." in answer.content.decode()
    space = Space.objects.get()
    assert (space.awaits_host, space.confirmed_by, space.confirmed_as) == (False, hana, "owner")
    assert "Not confirmed by the host" not in client.get(space.pages.get().get_url()).content.decode()
    entry = ModelLogEntry.objects.for_instance(space).get(action="portal.declared")
    assert (entry.user, entry.data) == (hana, {"link": False})
    assert url not in client.get(reverse("hosted_spaces")).content.decode()
    assert client.get(url)["Location"] == reverse("hosted_spaces")  # nothing is left to declare


def test_a_form_that_was_open_in_the_workplace_takes_no_declaration_back(client, hana):
    space = brought_in("hana@example.org")
    ambassador = UserFactory(email="amina@example.org")
    appointed(space.region, person=ambassador)
    client.force_login(ambassador)
    url = reverse(Space.snippet_viewset.get_url_name("edit"), args=[space.pk])
    html = client.get(url).content.decode()
    forms = BeautifulSoup(html, "html.parser").select("form")
    opened = querydict_from_html(html, form_index=next(n for n, form in enumerate(forms) if form.select("[name=capacity]")))
    space.declare()
    answer = client.post(url, {**{name: opened.getlist(name) for name in opened}, "capacity": "77"})
    assert answer.status_code == 302
    space.refresh_from_db()
    assert (space.capacity, space.awaits_host) == (77, False)


def test_declared_twice_is_written_down_once(client, hana):
    space = brought_in("hana@example.org")
    first, second = Space.objects.get(), Space.objects.get()
    first.declare()
    second.declare()
    assert ModelLogEntry.objects.for_instance(space).filter(action="portal.declared").count() == 1
    space.close()
    Space.objects.update(host_agrees=False)
    Space.objects.get().declare()
    assert not Space.objects.get().host_agrees


def test_who_is_not_the_host_declares_nothing(client, hana):
    space = brought_in("juma@example.org")
    url = reverse("declare_space", args=[space.slug])
    assert client.get(url).status_code == 404
    assert client.post(url, dict.fromkeys(Space.DECLARATIONS, "on")).status_code == 404
    assert Space.objects.get().awaits_host
    assert "Not confirmed by the host" in client.get(space.pages.get().get_url()).content.decode()


def test_a_host_has_no_business_in_the_workplace(client, hana):
    space = listed_space(open_region(name="Kenya"))
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
