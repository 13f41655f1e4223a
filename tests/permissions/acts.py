"""What a person does in the workplace to one thing, by the same requests that a browser sends, and how one sees it done.

An act is told who acts (a signed-in client) and the thing; it returns the answer. `done` looks into the database.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.models import StringTranslation, Translation

from portal import protection
from portal.models import User
from regions.models import Invitation
from spaces.asking.forms import SendForm
from stories.attending.forms import SeatForm

WORD = "Changed by hand"
FORM = "application/x-www-form-urlencoded"


def form_at(url, form_id=None):
    """What the form at this address holds, as it is shown to a superuser: a forger has it in no other way."""
    client = Client()
    client.force_login(User.objects.get(email="superuser@example.org"))
    html = client.get(url).content.decode()
    if form_id is None:
        forms = BeautifulSoup(html, "html.parser").select("form[method=post i]:not([action*=logout])")
        form_id = next(form["id"] for form in forms if form.get("id"))
    data = querydict_from_html(html, form_id=form_id)
    return {**{name: data.getlist(name) for name in data}, "body-count": "0"}


@dataclass
class Act:
    """One act on one thing: `send` the request, then see whether it is `done`."""

    send: object
    done: object


# -- Pages -------------------------------------------------------------------------------------------------------------


def read(url):
    return Act(lambda client: client.get(url), None)


def page_form(page, **changes):
    return {**form_at(reverse("wagtailadmin_pages:edit", args=[page.pk]), "page-edit-form"), **changes}


def change_page(page):
    data, url = page_form(page, title=WORD), reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Act(lambda client: client.post(url, data), lambda: fresh(page).get_latest_revision_as_object().title == WORD)


def publish_page(page):
    data = page_form(page, title=WORD, **{"action-publish": "1"})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Act(lambda client: client.post(url, data), lambda: (fresh(page).title, fresh(page).live) == (WORD, True))


def submit_page(page):
    data = page_form(page, **{"action-submit": "1"})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Act(lambda client: client.post(url, data), lambda: fresh(page).workflow_in_progress)


def approve_page(page, by):
    """Somebody has sent the draft for moderation."""
    page.get_workflow().start(page, by)
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return Act(lambda client: client.post(url, {"comment": ""}), lambda: fresh(page).live)


def delete_page(page):
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    answer = {"confirm_site_name": "Portolan"}
    return Act(lambda client: client.post(url, answer), lambda: not Page.objects.filter(pk=page.pk).exists())


def add_page(parent, model):
    url = reverse("wagtailadmin_pages:add", args=[*model._meta.label_lower.split("."), parent.pk])
    data = {**form_at(url, "page-edit-form"), "title": WORD, "slug": "changed-by-hand"}
    return Act(lambda client: client.post(url, data), lambda: model.objects.filter(title=WORD).exists())


def export_pages():
    return read(reverse("wagtailadmin_reports:aging_pages") + "?export=csv")


def translate_page(page):
    """Into French: one string of the page."""
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="fr")
    segment = translation.source.stringsegment_set.first()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    done = StringTranslation.objects.filter(translation_of=segment.string, locale=translation.target_locale, data=WORD)
    return Act(lambda client: client.put(url, urlencode({"value": WORD}), FORM), done.exists)


def release_page(page):
    """Publish the French translation, of which every string is there."""
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="fr")
    target = translation.get_target_instance()
    target.unpublish()
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.update_or_create(
            translation_of=segment.string, context=segment.context, locale=translation.target_locale, defaults={"data": WORD}
        )
    url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    return Act(lambda client: client.post(url, {"action": "publish"}), lambda: fresh(target).live)


def start_translation(field):
    url, pages = reverse("translating:start"), Page.objects.filter(translation_key=field.key, locale=field.locale_id)
    return Act(lambda client: client.post(url, {"start": field.pk}), pages.exists)


def review_translation(field):
    url, answer = reverse("translating:review_one", args=[field.pk]), {"seen": field.fingerprint(), "publish": "1"}
    return Act(lambda client: client.post(url, answer), lambda: fresh(field.page).live)


def send_translation_back(field):
    url, answer = reverse("translating:review_one", args=[field.pk]), {"seen": "", "comment": WORD, "send_back": "1"}
    return Act(lambda client: client.post(url, {**answer, "seen": "x"}), field.sent_back.exists)


def accept_offer(offer):
    url, invited = reverse("translating:offer", args=[offer.pk]), Invitation.objects.filter(email=offer.email)
    return Act(lambda client: client.post(url, {"accept": "1"}), invited.exists)


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


# -- Records -----------------------------------------------------------------------------------------------------------


def address(record, view, *args):
    return reverse(type(record).snippet_viewset.get_url_name(view), args=args)


def inspect(record):
    return read(address(record, "inspect", record.pk))


def export_records(record):
    return read(address(record, "list") + "?export=csv")


def change_record(record, **changes):
    url = address(record, "edit", record.pk)
    data = {**form_at(url), **changes}
    rows = type(record).objects.filter(pk=record.pk)
    return Act(lambda client: client.post(url, data), lambda: as_posted(rows.values(*changes).get()) == as_posted(changes))


def as_posted(values):
    return {name: str(value).strip(",") for name, value in values.items()}


def add_record(like, **facts):
    """Another one like this, in the same region."""
    url, model = address(like, "add"), type(like)
    data = {**form_at(address(like, "edit", like.pk)), "region": like.region_id if hasattr(like, "region_id") else "", **facts}
    data = {name: "0" if name.endswith("-INITIAL_FORMS") else value for name, value in data.items()}
    count = model.objects.count()
    return Act(lambda client: client.post(url, data), lambda: model.objects.count() == count + 1)


def discard(record):
    url = address(record, "delete", record.pk)
    return Act(lambda client: client.post(url), lambda: not type(record).objects.filter(pk=record.pk).exists())


def do(record, verb, answer=None, **expected):
    """The verb, with the answer to what it asks."""
    url = address(record, "verb", record.pk, verb)
    rows = type(record).objects.filter(pk=record.pk)
    return Act(lambda client: client.post(url, answer or {}), rows.filter(**expected).exists)


def on_mail(mail, action):
    """Staff look at a mail, send it once more, or give it up."""
    name = {"view": "mail", "approve": "again", "cancel": "give_up"}[action]
    url = reverse(f"outbox:{name}", args=[mail.pk])
    settled = type(mail).objects.filter(pk=mail.pk, needs_somebody=False)
    return read(url) if action == "view" else Act(lambda client: client.post(url), settled.exists)


def confirm(space):
    """In the workplace; its host does it on a page of the account."""
    verb, own = address(space, "verb", space.pk, "confirm"), reverse("confirm_space", args=[space.slug])
    confirmed = type(space).objects.filter(pk=space.pk, confirmed_at__isnull=False)

    def send(client):
        answer = client.post(verb)
        return answer if confirmed.exists() else client.post(own)

    return Act(send, confirmed.exists)


# -- Submitted spaces --------------------------------------------------------------------------------------------------


def review(submission):
    return read(reverse("submissions:review", args=[submission.pk]))


def decline(submission):
    url = reverse("submissions:act", args=[submission.pk, "decline"])
    declined = type(submission).objects.filter(pk=submission.pk, status="declined")
    return Act(lambda client: client.post(url, {"text": WORD}), declined.exists)


# -- Requests for spaces -----------------------------------------------------------------------------------------------


def ask_for(space):
    """As anybody does, with a form that was opened a minute ago."""
    url, asked = reverse("ask_for_space", args=[space.slug]), type(space.requests.first()).objects.filter(title=WORD)
    what = {"title": WORD, "community": WORD, "people": 5, "organiser": "A reader", "email": "reader@example.org"}
    what |= {"pattern": "once", "day": timezone.localdate() + timedelta(days=60), "begins": "10:00", "ends": "11:00"}
    opened = protection.opening_token(SendForm.form_name, opened_at=time.time() - 60)
    data = {**what, "send": "1", "form_opened": opened, "form_key": uuid4(), "form_topic": ""}
    return Act(lambda client: client.post(url, data), asked.exists)


def note_on(request):
    url = reverse("requests:request", args=[request.pk])
    noted = request.steps.filter(verb="note", text=WORD)
    return Act(lambda client: client.post(url, {"act": "note", "text": WORD}), noted.exists)


def accept(request):
    url = reverse("requests:request", args=[request.pk])
    accepted = type(request).objects.filter(pk=request.pk, status="accepted")
    return Act(lambda client: client.post(url, {"act": "accept", "text": ""}), accepted.exists)


def told_in(url, word):
    """Everybody who leads a region has such a file; whether this stands in it is the question."""

    def send(client):
        answer = client.get(f"{url}?export=csv")
        is_told = answer.status_code == 200 and word in b"".join(answer).decode()
        return SimpleNamespace(status_code=200 if is_told else 404)

    return Act(send, None)


def export_requests(request):
    return told_in(reverse("requests:index"), request.title)


def export_trainings(training):
    return told_in(address(training, "list"), training.name)


def plan_event(request):
    url, planned = reverse("plan_from_request", args=[request.pk]), request.events.all()
    return Act(lambda client: client.post(url), planned.exists)


def take_seat(event):
    """As anybody does, with a form that was opened a minute ago."""
    url, taken = reverse("take_seat", args=[event.slug]), event.seats.filter(name=WORD)
    opened = protection.opening_token(SeatForm.form_name, opened_at=time.time() - 60)
    data = {"name": WORD, "email": "reader@example.org", "form_opened": opened, "form_key": uuid4(), "form_topic": ""}
    return Act(lambda client: client.post(url, data), taken.exists)


def close_case(case):
    url = reverse("cases:case", args=[case.pk])
    closed = type(case).objects.filter(pk=case.pk, outcome="elsewhere")
    return Act(lambda client: client.post(url, {"act": "close", "outcome": "elsewhere"}), closed.exists)


# -- Pictures and documents --------------------------------------------------------------------------------------------


def media_form(thing, view):
    return reverse(f"{'wagtailimages' if hasattr(thing, 'width') else 'wagtaildocs'}:{view}", args=[thing.pk])


def choose(thing):
    chooser = "wagtailimages_chooser" if hasattr(thing, "width") else "wagtaildocs_chooser"
    return read(reverse(f"{chooser}:chosen", args=[thing.pk]))


def change_media(thing):
    url, model = media_form(thing, "edit"), type(thing)
    data = {"title": WORD, "collection": thing.collection_id, "tags": "", "description": "", "credit": ""}
    data |= dict.fromkeys(("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"), "")
    return Act(lambda client: client.post(url, data), lambda: model.objects.get(pk=thing.pk).title == WORD)


def add_media(like):
    model = type(like)
    is_picture = hasattr(like, "width")
    url = reverse("wagtailimages:add" if is_picture else "wagtaildocs:add")

    def send(client):
        content = get_test_image_file().file.getvalue() if is_picture else b"words"
        file = SimpleUploadedFile("new.png" if is_picture else "new.txt", content)
        return client.post(url, {"title": WORD, "collection": like.collection_id, "file": file, "tags": ""})

    return Act(send, lambda: model.objects.filter(title=WORD, collection=like.collection_id).exists())
