"""Ambassadors: a term, an absence with a stand-in, a letter that hides the address."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.models import OutgoingMail
from regions.forms import LetterForm
from regions.models import Ambassadorship
from tests.factories import AmbassadorshipFactory, UserFactory, appointed, open_region
from tests.portal.protected import posted

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def region():
    return open_region(name="Kenya")


def test_appointing_publishes_the_page_and_gives_the_role(region):
    amina = UserFactory(first_name="Amina")
    ambassadorship = appointed(region, person=amina)
    assert ambassadorship.pages.get().title == "Amina Otieno"
    assert ambassadorship.pages.get().live
    assert amina.memberships.get().team.role == "ambassador"


def test_a_term_that_is_over_is_not_current(region):
    running = appointed(region)
    over = AmbassadorshipFactory(region=region, starts=TODAY() - timedelta(days=60), ends=TODAY() - timedelta(days=1))
    assert list(Ambassadorship.objects.current().in_region(region)) == [running]
    assert over.may_be_shown is False


def test_the_last_day_of_a_term_counts(region):
    last_day = appointed(region, ends=TODAY())
    assert last_day.is_current


def test_while_away_the_stand_in_answers(region):
    brian = appointed(region, person=UserFactory(first_name="Brian"))
    amina = appointed(region, person=UserFactory(first_name="Amina"), away_until=TODAY(), stand_in=brian)
    assert amina.who_answers == brian
    amina.away_until = TODAY() - timedelta(days=1)
    assert amina.who_answers == amina


def test_a_stand_in_of_another_region_is_refused(region):
    stranger = appointed(open_region(name="Taiwan"))
    amina = AmbassadorshipFactory(region=region)
    amina.stand_in = stranger
    with pytest.raises(ValidationError) as refused:
        amina.full_clean()
    assert list(refused.value.message_dict) == ["stand_in"]


def test_the_page_and_the_form_hide_the_address(region, client):
    ambassadorship = appointed(region, person=UserFactory(first_name="Amina", email="amina@example.org"))
    for url in (ambassadorship.pages.get().get_url(), f"/en/ambassadors/{ambassadorship.slug}/contact/"):
        page = client.get(url)
        assert page.status_code == 200
        assert "Amina Otieno" in page.content.decode()
        assert "amina@example.org" not in page.content.decode()


def letter(ambassadorship, **typed):
    words = {"sender": "Charlie", "email": "charlie@example.org", "text": "Where do I begin?"} | typed
    return posted(LetterForm, **words)


def test_a_letter_goes_to_whoever_answers_now(region, client):
    brian = appointed(region, person=UserFactory(first_name="Brian", email="brian@example.org"))
    amina = appointed(region, person=UserFactory(first_name="Amina"), away_until=TODAY(), stand_in=brian)
    response = client.post(f"/en/ambassadors/{amina.slug}/contact/", letter(amina))
    assert (response.status_code, response["Location"]) == (302, f"/en/ambassadors/{amina.slug}/contact/sent/")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.reply_to) == (["brian@example.org"], ["charlie@example.org"])
    assert "Where do I begin?" in mail.body
    assert "Amina Otieno" in mail.body
    assert response.cookies == {}


def test_a_letter_with_a_wrong_address_is_not_sent_and_keeps_what_was_typed(region, client):
    amina = appointed(region)
    response = client.post(f"/en/ambassadors/{amina.slug}/contact/", letter(amina, email="nowhere"))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'id="id_email_error"' in page
    assert "Where do I begin?" in page
    assert not OutgoingMail.objects.exists()


def test_sending_the_same_letter_again_sends_it_once(region, client):
    amina = appointed(region)
    typed = letter(amina)
    for _again in range(2):
        assert client.post(f"/en/ambassadors/{amina.slug}/contact/", typed).status_code == 302
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("end", ["ended", "closed", "never"])
def test_nobody_writes_to_somebody_who_is_not_there(region, client, end):
    amina = appointed(region)
    url = f"/en/ambassadors/{amina.slug}/contact/"
    assert client.get(url).status_code == 200
    if end == "ended":
        Ambassadorship.objects.update(ends=TODAY() - timedelta(days=1))
    elif end == "closed":
        region.close()
    else:
        url = "/en/ambassadors/nobody/contact/"
    assert client.get(url).status_code == 404
