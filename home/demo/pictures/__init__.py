"""Pictures for the demo, drawn with Pillow from a seed: nobody's photograph, and different for every page."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from home.demo.pictures.brush import Canvas, dice_of
from home.demo.pictures.landscapes import hill_country, islands
from home.demo.pictures.portraits import portrait
from home.demo.pictures.rooms import room
from home.demo.pictures.towns import city_by_night, harbour

SIZES = {"portrait": (800, 800)}
WIDE = (1200, 675)
SCENES = {
    "story": (hill_country, harbour, city_by_night, islands),
    "region": (islands, hill_country, harbour, city_by_night),
    "space": (room,),
    "portrait": (portrait,),
}


def draw_picture(kind: str, seed: object, scene: int | None = None) -> Image.Image:
    """A picture of a kind: the same seed gives the same picture. `scene` chooses what is seen, so that neighbours differ."""
    dice = dice_of(f"{kind} {seed}")
    canvas = Canvas(*SIZES.get(kind, WIDE))
    scenes = SCENES[kind]
    paint = dice.choice(scenes) if scene is None else scenes[scene % len(scenes)]
    paint(canvas, dice)
    return canvas.finished()


def as_file(picture: Image.Image, name: str) -> ContentFile:
    """A picture as a WebP file that an image field takes; the name's ending becomes .webp."""
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=82)
    return ContentFile(buffer.getvalue(), name=f"{name.removesuffix('.webp')}.webp")
