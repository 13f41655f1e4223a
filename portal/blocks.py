"""The blocks that pages are written with. Each has one template of the same name in templates/blocks/."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

PLAIN_TEXT = ["bold", "italic", "link"]
TEXT = [*PLAIN_TEXT, "h3", "ol", "ul", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading between paragraphs, second level: the page's title is the first."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = _("How to find the door")
        description = _("Begins a new part of the page.")


class ParagraphBlock(blocks.RichTextBlock):
    """Text with links, lists and small headings."""

    def __init__(self, features=TEXT, **kwargs):
        super().__init__(features=features, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        preview_value = "<p>We meet on Wednesdays at seven. Bring a laptop, or just questions.</p>"
        description = _("Paragraphs, lists and links.")


class PictureBlock(ImageBlock):
    """A picture with words for those who cannot see it, or marked as decoration."""

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"
        description = _("A picture in the text. Its credit is shown under it.")
        preview_template = "blocks/previews/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Quote"), rows=3)
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        preview_value = {"text": "I came for a map and stayed for the people.", "source": "Amina, Nairobi"}
        description = _("Somebody's own words, set apart.")


class LinkBlock(blocks.StructBlock):
    """Where to go: a page of the portal, or an address elsewhere."""

    label = blocks.CharBlock(label=_("Words"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address"), required=False)

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            error = ValidationError(_("Choose a page, or give an address: one of the two."))
            raise StructBlockValidationError(block_errors={"page": error})
        return value


class CallToActionBlock(blocks.StructBlock):
    """One thing that the reader may do now."""

    title = blocks.CharBlock(label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/call_to_action.html"
        preview_value = {
            "title": "Do you have a room?",
            "text": "Tell us about it. Groups near you will find it.",
            "link": {"label": "List a space", "url": "https://example.org/"},
        }
        description = _("Asks the reader to do one thing.")


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(label=_("What they do"), required=False)
    image = PictureBlock(label=_("Picture"), required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    """A few people, side by side."""

    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People")
        template = "blocks/people.html"
        preview_value = {
            "people": [
                {"name": "Lin Yu-chen", "role": "Opens the door"},
                {"name": "Amina Otieno", "role": "Runs the trainings"},
            ]
        }
        description = _("Names, pictures and what each of them does.")


class PlaceBlock(blocks.StructBlock):
    """A place with its address and a small chart that shows where in the world it is."""

    name = blocks.CharBlock(label=_("Name"))
    address = blocks.TextBlock(label=_("Address"), rows=2, required=False)
    latitude = blocks.DecimalBlock(label=_("Latitude"), min_value=-90, max_value=90)
    longitude = blocks.DecimalBlock(label=_("Longitude"), min_value=-180, max_value=180)

    class Meta:
        icon = "site"
        label = _("Place")
        template = "blocks/place.html"
        preview_value = {
            "name": "Ngong Road hub",
            "address": "Ngong Road 112, Nairobi",
            "latitude": -1.3,
            "longitude": 36.78,
        }
        description = _("Where something is, on a chart drawn by the portal itself.")


class RetentionBlock(blocks.StaticBlock):
    """The table of what the portal keeps about people. It writes itself, so it cannot promise what is not done."""

    class Meta:
        icon = "list-ul"
        label = _("What we keep about people, and for how long")
        admin_text = _("A table that the portal writes itself: each kind of data, why, until when, and how it is erased.")
        template = "blocks/retention.html"
        preview_value = None
        description = _("For the page about privacy. Always true to what the portal does.")


BODY = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("call_to_action", CallToActionBlock()),
    ("people", PeopleBlock()),
    ("place", PlaceBlock()),
]
RETENTION = ("retention", RetentionBlock())
