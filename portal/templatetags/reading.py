"""What templates need to show something in the reader's language: links to records, marks for other languages, paging."""

from babel.lists import format_list
from django import template
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import get_language, to_locale
from wagtail.models import Page

from portal import faces
from portal.alternates import same_view_alternates
from portal.languages import direction, language_name, own_name, tag
from portal.numbers import whole_number

register = template.Library()


@register.simple_tag(takes_context=True)
def face(context, record):
    """`{% face space as link %}`: where the record is shown, see `portal.faces.FaceLink`."""
    return faces.link_to(record, context.get("request"))


@register.simple_tag(takes_context=True)
def page_link(context, page):
    return faces.link_to_page(page, context.get("request"))


def marked(markup, code):
    """The attributes for text in another language than the page's: of a code, or of something that has a language."""
    code = code["language"] if isinstance(code, dict) else getattr(code, "language", code)
    return format_html(markup, tag(code), direction(code)) if code and code != get_language() else ""


@register.filter
def lang(code):
    """` lang="es" dir="ltr"` for text in another language than the page's, else nothing."""
    return marked(' lang="{}" dir="{}"', code)


@register.filter
def hreflang(code):
    """As `lang`, for a link: it also says which language waits behind it."""
    return marked(' lang="{0}" hreflang="{0}" dir="{1}"', code)


register.filter("language_tag", tag)
register.filter("language_name", language_name)
register.filter("own_name", own_name)


@register.filter
def language_names(codes):
    """The names of several languages, in the reader's."""
    return [language_name(code) for code in codes]


@register.filter
def labels(record, field):
    """The words for the codes of a `CodesField`: `{{ space|labels:"facilities" }}`."""
    words = dict(record._meta.get_field(field).get_codes())
    return [words.get(code, code) for code in getattr(record, field)]


@register.filter
def listed(words):
    """Words in a row, joined as the reader's language joins them: "Arabic, English and Greek"."""
    return format_list([str(word) for word in words], locale=to_locale(get_language()))


@register.filter
def since(moment):
    """How long ago, in its largest unit: "3 weeks"."""
    return timesince(moment, depth=1)


@register.simple_tag(takes_context=True)
def current_alternates(context):
    """The alternates of the page or view that is shown."""
    request = context.get("request")
    found = context.get("alternates")
    return found if found is not None or request is None else same_view_alternates(request)


@register.simple_tag(takes_context=True)
def breadcrumbs(context):
    """The live pages above this one, without the home page: those on the way here, or (in a preview) those in the tree."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or not page.depth or page.depth < 4:  # noqa: PLR2004 (root, home, list)
        return []
    trail = getattr(request, "page_trail", None) or page.get_ancestors()
    above = [each for each in trail if each.live and each.depth > 2 and each.pk != page.pk]  # noqa: PLR2004
    return [(each.title, each.get_url(request)) for each in above]


@register.simple_tag(takes_context=True)
def absolute(context, url):
    """An address with scheme and host, for what leaves the page: sharing, canonical links."""
    request = context.get("request")
    return request.build_absolute_uri(url) if request and url else url


@register.simple_tag(takes_context=True)
def canonical(context):
    """The one address of what is shown: filters left out, but not the number of a list's page."""
    request = context["request"]
    number = whole_number(request.GET.get("page")) or 1
    return request.build_absolute_uri(f"{request.path}?page={number}" if number > 1 else request.path)


@register.inclusion_tag("includes/paging.html", takes_context=True)
def paging(context, found, query="", name="page"):
    """Links to the other pages of a list; `query` keeps its filters, `name` tells several lists of a page apart."""
    prefix = f"?{query}&{name}=" if query else f"?{name}="
    numbers = found.paginator.get_elided_page_range(found.number, on_each_side=1, on_ends=1)
    return {"found": found, "prefix": prefix, "numbers": list(numbers), "ellipsis": found.paginator.ELLIPSIS}
