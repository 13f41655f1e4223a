"""The page of a record, as every answer tells of it: honest about its language."""

from ninja import Field, Schema

from portal.faces import link_to
from portal.languages import tag


class PageLink(Schema):
    """The page that shows it to readers of the language that was asked for, or the nearest there is."""

    url: str = Field(description="Its address.", examples=["https://portal.example.org/en/regions/kenya/lamp-room/"])
    title: str = Field(description="Its title.", examples=["Lamp Room"])
    summary: str = Field(description="In a sentence or two; may be empty.", examples=["Forty seats above the market."])
    language: str = Field(
        description="The language that title, summary and page are in (BCP 47): not always the one you asked for.",
        examples=["en"],
    )


def page_link(record, request):
    """Of a record that came `.shown_in(language)`."""
    link = link_to(record, request)
    return {
        "url": request.build_absolute_uri(link.url),
        "title": link.title,
        "summary": link.summary,
        "language": tag(link.language),
    }
