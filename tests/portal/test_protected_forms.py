import re
import time
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory
from django.utils import timezone

from portal import protection
from portal.forms import ProtectedForm, SignupForm
from portal.models import Attempts, OutgoingMail, Submission, User
from portal.views.protected import ProtectedFormView

from .protected import posted

pytestmark = pytest.mark.django_db

TOO_QUICK = "That was too quick for us. Please send the form once more."
TOO_LATE = "This form was open for too long. Please look it over and send it once more."
TOO_MANY = "Too many messages from here. Try again in an hour."


class ContactForm(ProtectedForm):
    email = forms.EmailField(label="Address", help_text="Where we answer.")
    text = forms.CharField(label="Message", widget=forms.Textarea, required=False)
    topics = forms.MultipleChoiceField(
        label="Topics", choices=[("a", "Art"), ("b", "Bees")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="I agree", required=False)
    file = forms.FileField(required=False)

    def save(self):
        return OutgoingMail.objects.create(to=[self.cleaned_data["email"]], subject="Contact")


class LetterForm(ProtectedForm, forms.ModelForm):
    class Meta:
        model = OutgoingMail
        fields = ["subject", "body"]


class ContactView(ProtectedFormView):
    form_class = ContactForm
    template_name = "contact.html"
    success_url = "/en/thanks/"


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    cache.clear()
    (tmp_path / "contact.html").write_text('<form method="post">{{ form }}</form>')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]


def post(data=None, address="203.0.113.7", **typed):
    data = data or posted(ContactForm, **({"email": "alice@example.org"} | typed))
    request, view = RequestFactory(REMOTE_ADDR=address).post("/contact/", data), ContactView.as_view()
    # No cookie, no token: the check against forged requests lets these forms pass.
    assert CsrfViewMiddleware(view).process_view(request, view, (), {}) is None
    response = view(request)
    return response.render() if hasattr(response, "render") else response


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def errors(response):
    return [item.get_text(strip=True) for item in soup(response).select(".form-errors li")]


def letters():
    return OutgoingMail.objects.count()


# -- The way of a good message -----------------------------------------------------------------------------------------


def test_the_form_is_shown_without_cookie_or_session_and_kept_by_no_cache():
    response = ContactView.as_view()(RequestFactory().get("/contact/")).render()
    assert response.status_code == 200
    assert not response.cookies
    assert not response.has_header("Vary")
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_a_message_is_taken_once_and_leads_to_the_thanks():
    response = post()
    assert (response.status_code, response["Location"], letters()) == (302, "/en/thanks/", 1)


def test_a_retry_gets_the_same_answer_and_does_nothing():
    data = posted(ContactForm, email="alice@example.org", text="Hello")
    assert [post(data)["Location"], post(data)["Location"]] == ["/en/thanks/", "/en/thanks/"]
    assert (letters(), Submission.objects.count()) == (1, 1)


def test_other_words_from_the_same_form_are_another_message():
    key = uuid4()
    post(posted(ContactForm, key=key, email="alice@example.org", text="Hello"))
    post(posted(ContactForm, key=key, email="alice@example.org", text="And one more thing"))
    assert letters() == 2


def test_another_file_is_another_message():
    key = uuid4()
    for content in (b"one", b"three"):
        data = posted(ContactForm, key=key, email="alice@example.org")
        post({**data, "file": SimpleUploadedFile("a.txt", content)})
    assert letters() == 2


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_a_damaged_key_does_not_stop_a_message(key):
    assert post({**posted(ContactForm, email="alice@example.org"), "form_key": key}).status_code == 302
    assert letters() == 1


def test_a_view_may_lead_on_to_its_own_address():
    class Elsewhere(ContactView):
        def act(self, form):
            return f"/en/status/{form.save().subject}/"

    data = posted(ContactForm, email="alice@example.org")
    for _retry in range(2):
        response = Elsewhere.as_view()(RequestFactory().post("/contact/", data))
        assert response["Location"] == "/en/status/Contact/"
    assert letters() == 1


def test_it_protects_a_model_form_too():
    form = LetterForm(posted(LetterForm, subject="S", body="T"))
    assert form.is_valid(), form.errors
    assert (form.save().subject, letters()) == ("S", 1)


# -- Refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "message"), [(0, TOO_QUICK), (1.5, TOO_QUICK), (12 * 3600 + 5, TOO_LATE), (-3600, TOO_QUICK)]
)
def test_too_quick_and_too_late_are_refused_and_keep_what_was_typed(seconds, message):
    data = posted(ContactForm, seconds_ago=seconds, email="alice@example.org", text="A long story")
    response = post(data)
    assert (response.status_code, errors(response), letters()) == (200, [message], 0)
    page = soup(response)
    assert page.select_one("[name=text]").text.strip() == "A long story"
    assert page.select_one("[name=form_key]")["value"] == data["form_key"]
    fresh = page.select_one("[name=form_opened]")["value"]
    assert abs(protection.age(fresh, ContactForm.form_name)) < 1


@pytest.mark.parametrize("seconds", [3, 12 * 3600 - 60])
def test_within_the_time_it_is_taken(seconds):
    assert post(posted(ContactForm, seconds_ago=seconds, email="alice@example.org")).status_code == 302


def test_the_second_attempt_with_the_fresh_token_is_taken(monkeypatch):
    refused = soup(post(posted(ContactForm, seconds_ago=0, email="alice@example.org", text="Hello")))
    again = {name: refused.select_one(f"[name={name}]").get("value", "") for name in ("form_opened", "form_key")}
    later = time.time() + 5
    monkeypatch.setattr(protection.time, "time", lambda: later)
    assert post({**again, "form_topic": "", "email": "alice@example.org", "text": "Hello"}).status_code == 302
    assert letters() == 1


@pytest.mark.parametrize("token", ["", "x", "2000000000.0", "2000000000.0:forged"])
def test_a_token_that_is_not_ours_is_refused(token):
    response = post({**posted(ContactForm, email="alice@example.org"), "form_opened": token})
    assert (errors(response), letters()) == ([TOO_LATE], 0)


def test_the_token_of_another_form_is_refused():
    other = posted(LetterForm)["form_opened"]
    response = post({**posted(ContactForm, email="alice@example.org"), "form_opened": other})
    assert (errors(response), letters()) == ([TOO_LATE], 0)


@pytest.mark.parametrize("typed", [{"email": "alice@example.org"}, {"email": "not an address"}])
def test_who_fills_the_trap_is_thanked_and_nothing_happens(typed):
    response = post(posted(ContactForm, trap="buy", **typed))
    assert (response.status_code, response["Location"]) == (302, "/en/thanks/")
    assert (letters(), Submission.objects.count()) == (0, 0)


def test_an_address_may_be_typed_five_times_an_hour():
    for number in range(5):
        assert post(address=f"10.0.{number}.1", email="Alice@example.org").status_code == 302
    response = post(address="10.0.9.1", email="alice@EXAMPLE.org")
    assert (errors(response), letters()) == ([TOO_MANY], 5)
    assert post(address="10.0.9.1", email="bob@example.org").status_code == 302


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("203.0.113.{}", "203.0.114.1"),
        ("2001:db8:1:2::{}", "2001:db8:1:3::1"),
        ("::ffff:203.0.113.{}", "::ffff:203.0.114.1"),
    ],
)
def test_a_network_may_write_thirty_times_an_hour(inside, outside):
    for number in range(1, 31):
        assert post(address=inside.format(number), email=f"a{number}@example.org").status_code == 302
    response = post(address=inside.format(99), email="bob@example.org")
    assert (errors(response), letters()) == ([TOO_MANY], 30)
    assert post(address=outside, email="bob@example.org").status_code == 302


def test_what_could_not_be_accepted_is_not_counted():
    for _attempt in range(40):
        post(email="not an address")
        post(posted(ContactForm, seconds_ago=0, email="alice@example.org"))
    assert post().status_code == 302


def test_a_retry_is_answered_even_when_the_limit_is_reached():
    first = posted(ContactForm, email="alice@example.org")
    post(first)
    for _number in range(5):
        last = post()
    assert errors(last) == [TOO_MANY]
    assert post(first)["Location"] == "/en/thanks/"
    assert letters() == 5


def test_the_count_survives_a_restart_that_empties_the_cache():
    for _number in range(5):
        assert post().status_code == 302
    cache.clear()
    assert errors(post()) == [TOO_MANY]


def test_after_an_hour_counting_begins_anew_and_what_counted_is_forgotten():
    assert [Attempts.objects.count_one("key", 60) for _number in range(3)] == [1, 2, 3]
    assert Attempts.objects.count_one("another", 60) == 1
    Attempts.objects.filter(key="key").update(until=timezone.now())
    assert Attempts.objects.count_one("key", 60) == 1
    assert Attempts.objects.count() == 2
    Attempts.objects.filter(key="key").update(until=timezone.now() - timedelta(seconds=1))
    call_command("apply_retention", stdout=StringIO())
    assert list(Attempts.objects.values_list("key", "number")) == [("another", 1)]


def test_nobody_reads_from_the_count_whose_it_is():
    post(email="alice@example.org", address="203.0.113.7")
    kept = str(list(Attempts.objects.values()))
    assert Attempts.objects.count() == 2
    assert not any(word in kept for word in ("alice", "example.org", "203.0.113"))


def test_the_network_behind_a_web_server(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "1.2.3.4, 203.0.113.7"})
    assert protection.network_of(request) == "203.0.113.0/24"
    assert protection.network_of(rf.get("/", REMOTE_ADDR="")) == ""


# -- Once --------------------------------------------------------------------------------------------------------------


def test_what_failed_may_be_tried_again():
    key, calls = uuid4(), []

    def act():
        calls.append(1)
        OutgoingMail.objects.create(to=["a@example.org"])
        if len(calls) == 1:
            raise RuntimeError
        return {"number": len(calls)}

    with pytest.raises(RuntimeError):
        Submission.objects.once(key, "form", act)
    assert (letters(), Submission.objects.count()) == (0, 0)
    assert [Submission.objects.once(key, "form", act) for _retry in range(3)] == [{"number": 2}] * 3
    assert (letters(), len(calls)) == (1, 2)


def test_the_key_of_another_form_is_refused():
    key = uuid4()
    Submission.objects.once(key, "one", lambda: 1)
    with pytest.raises(SuspiciousOperation):
        Submission.objects.once(key, "two", lambda: 2)
    assert list(Submission.objects.values_list("form", "result")) == [("one", 1)]


def test_what_was_sent_long_ago_is_forgotten():
    for name in ("old", "young"):
        Submission.objects.once(uuid4(), name, lambda: "/en/status/secret/")
    Submission.objects.filter(form="old").update(created_at=timezone.now() - timedelta(days=2))
    assert Submission.objects.forget(before=timezone.now() - timedelta(days=1)) == 1
    assert list(Submission.objects.values_list("form", flat=True)) == ["young"]


# -- How a form looks --------------------------------------------------------------------------------------------------


def test_a_field_has_its_label_help_and_errors_beside_it():
    page = soup(post(email="nonsense"))
    field = page.select_one("[name=email]")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_email_helptext id_email_error"
    assert page.select_one("label[for=id_email]").get_text(" ", strip=True) == "Address (required)"
    assert page.select_one("#id_email_helptext.field-help").text == "Where we answer."
    assert page.select_one("#id_email_error.field-error").get_text(strip=True) == "Enter a valid email address."


def test_the_summary_comes_first_and_leads_to_the_field():
    page = soup(post(email="nonsense", topics="unknown"))
    summary = page.select_one(".form").find(recursive=False)
    assert (summary["class"], summary["role"]) == (["form-errors"], "alert")
    links = [(link["href"], link.get_text()) for link in summary.select("a")]
    assert links == [
        ("#id_email", "Address: Enter a valid email address."),
        ("#id_topics_0", "Topics: Select a valid choice. unknown is not one of the available choices."),
    ]
    assert all(len(page.select(href)) == 1 for href, _text in links)


def test_a_form_that_was_not_sent_has_no_summary():
    assert "form-errors" not in str(ContactForm())


def test_several_boxes_are_a_group_and_one_box_stands_in_its_label():
    page = BeautifulSoup(str(ContactForm()), "html.parser")
    assert page.select_one("fieldset > legend").text == "Topics"
    assert [box["value"] for box in page.select("fieldset input")] == ["a", "b"]
    assert page.select_one("label > input[name=agreed]")


def test_a_form_without_a_visible_field_is_just_its_fields():
    """Wagtail's admin prints the management forms of its formsets this way, in the middle of its own layout."""
    page = BeautifulSoup(str(forms.formset_factory(SignupForm)().management_form), "html.parser")
    assert [(tag.name, tag["type"]) for tag in page.find_all(True)] == [("input", "hidden")] * 4


def test_people_do_not_meet_the_trap():
    page = BeautifulSoup(str(ContactForm()), "html.parser")
    trap = page.select_one(".field-trap[aria-hidden=true] > input[name=form_topic]")
    assert (trap["tabindex"], trap["autocomplete"], trap["type"]) == ("-1", "off", "text")


def test_what_people_type_is_escaped():
    page = str(ContactForm({"email": '"><script>', "topics": ["<script>"]}))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_every_id_in_a_form_is_unique():
    ids = re.findall(r'\bid="([^"]+)"', str(ContactForm({"email": "x"})))
    assert len(ids) == len(set(ids)) > 8


# -- A new account -----------------------------------------------------------------------------------------------------


def test_a_new_account_has_its_name(rf):
    user = User.objects.create(email="lin@example.org")
    form = SignupForm({"first_name": "Lin", "last_name": ""})
    assert form.is_valid()
    form.signup(rf.post("/"), user)
    user.refresh_from_db()
    assert (user.first_name, user.last_name, user.email) == ("Lin", "", "lin@example.org")
