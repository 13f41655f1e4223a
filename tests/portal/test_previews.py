"""What is written can be looked at before anybody else sees it: every page, every block, also when little is filled in."""

import pytest
from django.urls import reverse
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield
from wagtail_localize.models import Translation

from portal.models import Face, User
from regions.models import Region
from tests.factories import AmbassadorshipFactory, EventFactory, SpaceFactory, listed_space, open_region, told_story

pytestmark = pytest.mark.django_db
MODELS = [model for model in get_page_models() if model is not Page]
FACES = [model for model in MODELS if issubclass(model, Face)]


def streams(model):
    return [(field.name, field) for field in model._meta.get_fields() if isinstance(field, StreamField)]


def blocks():
    """Every block that can be picked in a page, with the page it belongs to."""
    for model in MODELS:
        for _name, field in streams(model):
            yield from ((f"{model.__name__}-{name}", block) for name, block in field.stream_block.child_blocks.items())


@pytest.fixture
def region():
    return open_region(name="Kenya")


@pytest.fixture
def drafts(region):
    """A record of each kind whose page nobody has written on yet."""
    records = [AmbassadorshipFactory(region=region), EventFactory(region=region), SpaceFactory(region=region)]
    return [record.make_face() for record in records]


@pytest.fixture
def superuser(client):
    person = User.objects.create_superuser("root@example.org", "a long pass phrase")
    client.force_login(person)
    return person


def preview(client, url, data):
    """What the editor's preview shows for these fields."""
    answer = client.post(url, data).json()
    assert answer == {"is_valid": True, "is_available": True}
    return client.get(url)


def form_of(model, client, url, **changes):
    """The fields of the editor as they stand there, without the text, which its script writes."""
    fields = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form")
    for name, _field in streams(model):
        fields.update(nested_form_data({name: streamfield([])}))
    for name, value in changes.items():
        fields[name] = value
    return fields


def place_for(model):
    """A page under which one of this kind may be added by hand, or None."""
    for parent in Page.objects.filter(depth__gte=1).specific():
        if model in parent.allowed_subpage_models() and model.can_create_at(parent):
            return parent
    return None


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_page_is_previewed_while_it_is_written(client, superuser, drafts, model):
    page, parent = model.objects.first(), place_for(model)
    assert page or parent, "Neither there nor to be added: how shall it be looked at?"
    if page:
        data = form_of(model, client, reverse("wagtailadmin_pages:edit", args=[page.pk]), title="A title only here")
        shown = preview(client, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), data)
        assert (shown.status_code, "A title only here" in shown.content.decode()) == (200, True)
    if parent:
        kind = [model._meta.app_label, model._meta.model_name, parent.pk]
        data = form_of(model, client, reverse("wagtailadmin_pages:add", args=kind), title="Only a title")
        shown = preview(client, reverse("wagtailadmin_pages:preview_on_add", args=kind), data)
        assert (shown.status_code, "Only a title" in shown.content.decode()) == (200, True)


@pytest.mark.parametrize("model", FACES, ids=lambda model: model.__name__)
def test_a_draft_of_a_face_is_previewed_without_any_field(client, superuser, drafts, model):
    page = model.objects.filter(live=False).first() or model.objects.first()
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    shown = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), {"in_preview_panel": "true"})
    assert shown.status_code == 200


def test_a_translation_that_was_only_begun_is_previewed(client, superuser, region):
    page = listed_space(region).pages.get()
    page.prepare_translations(["fr"])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    assert client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk])).status_code == 200


def test_an_ambassador_previews_the_pages_of_the_region(client, region):
    person = User.objects.create_user("amina@example.org", "a long pass phrase")
    region.grant(person, "ambassador")
    client.force_login(person)
    for page in (region.page_in("en"), listed_space(region).pages.get(), told_story(region)):
        assert client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in blocks()])
def test_every_block_has_a_preview_for_those_who_choose_one(client, superuser, block):
    assert block.is_previewable
    assert block.get_description()
    assert Block.definition_registry[block.definition_prefix] is block
    shown = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert shown.status_code == 200
    value = block.get_preview_value()
    assert str(block.render(value)).strip() or block.get_preview_template(value) != Block.DEFAULT_PREVIEW_TEMPLATE


def test_a_region_that_is_only_planned_has_a_page_to_look_at(client, superuser):
    planned = Region.objects.create(name="Ghana", area="africa", language="en", languages=["en"], latitude=5.6, longitude=-0.2)
    page = planned.make_face()
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
