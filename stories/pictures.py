"""The picture with which an event is shared: its title, its date and its region, on the chart around it."""

from functools import lru_cache
from io import BytesIO

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from portal.drawing.chart import HEIGHT, INK, SHEET, WIDTH, draw_chart
from portal.drawing.lettering import font_for, lines_of
from portal.faces import link_to
from portal.languages import direction

from .attending.views import public_event

DAY = 86_400
PANEL, HIGHER, PAD = 290, 140, 64  # the place stands in the middle of what the words leave
ACCENT = "#a8321a"


@lru_cache(maxsize=128)
def draw(title, when, where, place, is_rtl):
    """`place` is (latitude, longitude). As the bytes of a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SHEET)
    image.paste(Image.open(BytesIO(draw_chart(*place))).convert("RGB"), (0, -HIGHER))
    pen, top = ImageDraw.Draw(image), HEIGHT - PANEL
    pen.rectangle([0, top, WIDTH, HEIGHT], fill=SHEET)
    pen.rectangle([0, top, WIDTH, top + 7], fill=ACCENT)
    way = {"direction": "rtl", "anchor": "rt"} if is_rtl else {"anchor": "lt"}
    x, width = (WIDTH - PAD if is_rtl else PAD), WIDTH - 2 * PAD
    y = write(pen, (x, top + 40), title, look=(60, INK, 2), width=width, way=way)
    write(pen, (x, max(y + 14, top + 196)), f"{when}, {where}", look=(36, ACCENT, 1), width=width, way=way)
    buffer = BytesIO()
    image.quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def write(pen, at, text, *, look, width, way):
    """Lines of text from here on; returns where they end."""
    size, tone, most = look
    lettering, (x, y) = font_for(text, size), at
    if lettering is None:
        return y
    for line in lines_of(text, lettering, width, most):
        pen.text((x, y), line, fill=tone, font=lettering, **way)
        y += round(size * 1.28)
    return y


@require_safe
def share_picture(request, slug):
    event = public_event(slug)
    link = link_to(event, request)
    where = event.region.face["title"] if event.region.face else event.region.name
    near = event.space or event.region
    when, is_rtl = date_format(event.starts_wall, "DATE_FORMAT"), direction(get_language()) == "rtl"
    response = HttpResponse(draw(link.title, when, where, (near.latitude, near.longitude), is_rtl), content_type="image/png")
    patch_cache_control(response, public=True, max_age=DAY)
    return response
