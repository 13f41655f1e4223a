import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, ProtectedError, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.search import index

from portal.languages import language_name

FACE_FACTS = ("pk", "title", "url_path", "summary", "image_id")


def face_rank(language, first):
    """Which face to show: the reader's language before the record's first, the first before any other."""
    return Case(
        When(locale__language_code=language, then=Value(0)),
        When(locale__language_code=first, then=Value(1)),
        default=Value(2),
        output_field=models.IntegerField(),
    )


class RecordQuerySet(models.QuerySet):
    def with_face(self, language):
        """Each record with `face`: title, address and language of the page that shows it best to this reader, or None."""
        face = self.model.face_model()
        first = Coalesce(F(f"{face.record_field}__{self.model.first_language_path}"), Value(settings.LANGUAGE_CODE))
        best = (
            face.objects.filter(**{face.record_field: OuterRef("pk")}, live=True, alias_of=None)
            .annotate(rank=face_rank(language, first))
            .order_by("rank", "locale_id")
            .values(data=JSONObject(**{fact: fact for fact in FACE_FACTS}, language="locale__language_code"))
        )
        return self.annotate(face=Subquery(best[:1]))

    def shown_in(self, language):
        """Only records with a page that the public can open: a list of records alone would leak drafts."""
        return self.with_face(language).with_page()

    def with_page(self):
        """The same without saying which page: quick to count."""
        face = self.model.face_model()
        return self.filter(Exists(face.objects.filter(**{face.record_field: OuterRef("pk")}, live=True, alias_of=None)))


class Record(models.Model):
    """The facts about something, once, whatever the language. Pages (its faces) show it, one in each language.

    The record's key is its faces' translation key, so Wagtail's own constraint allows one face in each language.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("The last part of the address of its pages, the same in every language. Left empty, the name makes it."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    first_language_path = "region__language"  # where the record's first language stands, seen from a query

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def face_model(cls):
        return cls._meta.get_field("pages").related_model

    @property
    def may_be_shown(self):
        """Whether the public may see its pages. Closing a record takes them all down."""
        return True

    def face_parent(self):
        """The page under which the first face is made."""
        raise NotImplementedError(f"{type(self).__name__} does not say where its pages stand.")

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.free_slug(str(self))
        super().save(*args, **kwargs)
        index_faces_again(self)

    def clean(self):
        super().clean()
        if self.slug and Page.objects.filter(slug=self.slug).exclude(translation_key=self.key).exists():
            raise ValidationError({"slug": _("Another page has this address already.")})

    def free_slug(self, name):
        """An address that no other record of this kind and no page has."""
        wanted = slugify(name)[:70].strip("-") or f"{self._meta.model_name}-{str(self.key)[:8]}"
        others = type(self)._default_manager.exclude(pk=self.pk)
        pages = Page.objects.exclude(translation_key=self.key)
        slug, number = wanted, 1
        while others.filter(slug=slug).exists() or pages.filter(slug=slug).exists():
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    @transaction.atomic
    def make_face(self, by=None, publish=False, **content):
        """Make the page that shows this record, in its first language, or return the one that is there.

        With `publish` what is drafted there goes live.
        """
        type(self)._default_manager.select_for_update().get(pk=self.pk)
        parent = self.face_parent()
        face = self.pages.filter(locale_id=parent.locale_id).first()
        if face is None:
            fields = {"title": str(self), **content, self.face_model().record_field: self}
            face = self.face_model()(owner=by, live=False, locale_id=parent.locale_id, **fields)
            parent.add_child(instance=face)
            face.save_revision(user=by, log_action=False)
        if publish and not face.live:
            face.get_latest_revision().publish(user=by)
            face.refresh_from_db()  # else a later save of this instance would unpublish the page
        return face

    def take_down_faces(self, by=None):
        for face in self.pages.all():
            face.take_down(by)

    @transaction.atomic
    def rename(self, slug, by=None):
        """Give it another address. The old one leads on to the new one."""
        before, self.slug = self.slug, slug
        self.clean_fields(exclude=[field.name for field in self._meta.fields if field.name != "slug"])
        self.validate_unique()
        self.save(update_fields=["slug", "updated_at"])
        self.faces_follow_slug(by)
        self.log_facts(by, {"slug": [before, slug]})

    def faces_follow_slug(self, by=None):
        for face in self.pages.all():
            face.follow_slug(by)

    @transaction.atomic
    def move_to(self, region, by=None):
        """Into another region, with all its pages, if it has a page in each of their languages. Old addresses lead on."""
        type(self)._default_manager.select_for_update().get(pk=self.pk)
        moves = [(face, region.page_in(face.locale.language_code)) for face in self.pages.select_related("locale")]
        missing = sorted(language_name(face.locale.language_code) for face, parent in moves if parent is None)
        if missing:
            raise ValidationError(
                _("%(region)s has no page in %(languages)s yet."),
                params={"region": region, "languages": ", ".join(missing)},
            )
        before, self.region = self.region, region
        self.save(update_fields=["region", "updated_at"])
        for face, parent in moves:
            # Wagtail would ask the page itself, and nobody may move a face by hand.
            MovePageAction(face, parent, pos="last-child", user=by).execute(skip_permission_checks=True)
        self.log_facts(by, {"region": [str(before), str(region)]})

    @transaction.atomic
    def discard(self, by=None):
        """Throw it away with its pages, as if it had never been. What something else needs can only be closed."""
        name = str(self)
        try:
            for face in self.pages.all():
                if not face.is_leaf():
                    raise ProtectedError(name, {face})
                face.delete()
            log(instance=self, action="wagtail.delete", user=by, title=name)
            self.delete()
        except ProtectedError as error:
            raise ValidationError(
                _("%(name)s is needed by something else, so it can be closed but not deleted."), params={"name": name}
            ) from error

    def logged_rows(self):
        """What hangs on it and counts among its facts, as the log keeps it: {name: [words]}."""
        return {}

    def log_facts(self, by, changes):
        """Write down who changed which facts: `changes` is {field: [before, after]}."""
        if changes:
            log(instance=self, action="portal.facts_changed", user=by, data={"changes": changes})


def index_faces_again(record):
    """A search finds a page by the facts of its record, so changed facts mean another look at the pages."""
    for face in record.pages.all():
        index.insert_or_update_object(face)
