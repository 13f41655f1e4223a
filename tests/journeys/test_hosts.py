"""A space's host with an account says that what the directory tells is true, and does nothing else."""

import pytest
from django.urls import reverse

from spaces.models import Space, SpaceHost
from tests.factories import UserFactory, listed_space, open_region

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


def test_a_host_has_no_business_in_the_workplace(client, hana):
    space = listed_space(open_region(name="Kenya"))
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
