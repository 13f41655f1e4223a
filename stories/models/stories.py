from django.db import models, transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index
from wagtail.signals import post_page_move

from portal.blocks import BODY
from portal.models import BasePage, IndexPage, synchronized
from portal.models.records import face_rank
from regions.models import Region
from stories.filters import StoryFilters
from stories.storytelling import draft_of

from .events import Event


class StoryQuerySet(PageQuerySet):
    def latest(self):
        return self.live().public().order_by("-date", "-pk")

    def in_region(self, region):
        return self.filter(region=region)

    def once_each(self, language):
        """Each story once: in the reader's language, else in the one it was written in, else in any other."""
        others = type(self)(self.model).filter(translation_key=models.OuterRef("translation_key"), live=True).public()
        best = others.annotate(rank=face_rank(language, models.F("written_in"))).order_by("rank", "locale_id")
        return self.filter(pk=models.Subquery(best.values("pk")[:1]))


class StoryTag(TaggedItemBase):
    """A word under which a story can be found."""

    content_object = ParentalKey("stories.StoryPage", on_delete=models.CASCADE, related_name="tagged_items")


class StoryPage(BasePage):
    """Something that happened in the community, told by somebody who was there."""

    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Shown to readers. The latest stories come first.")
    )
    author = models.CharField(_("author"), max_length=160, blank=True, help_text=_("Who tells it."))
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="stories", editable=False)
    written_in = models.CharField(max_length=12, editable=False, default="")
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories", editable=False, verbose_name=_("event")
    )  # of which it tells
    tags = ClusterTaggableManager(
        through=StoryTag,
        verbose_name=_("tags"),
        blank=True,
        help_text=_("Words under which it is found, with commas between them."),
    )
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(StoryQuerySet)()

    parent_page_types = ["regions.RegionPage", "stories.StoryIndexPage"]
    subpage_types = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized("date", "author", "region", "written_in", "event"),
    ]
    content_panels = [*BasePage.content_panels, "date", "author", "body", "tags"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("author"),
        index.FilterField("date"),
        index.FilterField("region_id"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [models.Index(fields=["region", "date"])]

    @classmethod
    @transaction.atomic
    def about(cls, event, by=None):
        """The draft of a story about an event, under the page of its region; or the one that there is."""
        told = event.stories.first()
        if told:
            return told
        parent = event.region.page_in(event.region.language)
        story = cls(owner=by, live=False, locale_id=parent.locale_id, event=event, date=event.starts_wall.date())
        story.author = by.get_full_name() if by else ""
        for name, value in draft_of(event, event.region.language).items():
            setattr(story, name, value)
        first = event.photos.select_related("picture").first()
        story.image = first.picture if first else None
        parent.add_child(instance=story)
        story.tags.set(event.tags.names())
        story.save_revision(user=by)
        return story

    def full_clean(self, *args, **kwargs):
        self.follow_place()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.follow_place()
        return super().save(*args, **kwargs)

    def follow_place(self):
        """The region of a story is the one whose page it stands under; its first language is the one it is made in."""
        if not self.written_in and self.locale_id:
            self.written_in = self.locale.language_code
        if self.path:
            parent = self.get_parent()
            self.region = Region.objects.filter(pages__pk=parent.pk).first() if parent else None


@receiver(post_page_move)
def stories_follow_their_place(sender, instance, **kwargs):
    """A story that was moved belongs to the region it now stands under."""
    for story in StoryPage.objects.filter(path__startswith=instance.path):
        story.save()


class StoryIndexPage(IndexPage):
    """All stories, and home to those that belong to no region."""

    subpage_types = ["stories.StoryPage"]
    per_page = 18

    class Meta:
        verbose_name = _("list of stories")

    def get_listed(self):
        return StoryPage.objects.latest().select_related("locale").defer_streamfields()

    def get_filters(self, data):
        return StoryFilters(data, self.get_listed(), Region.objects.open().shown_in(self.language), self.language)
