"""Photos that strangers send of an event: checked, turned upright, and without what a camera tells of place and time."""

from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images import get_image_model

from stories.models import EventPhoto

MOST, MOST_BYTES, LONGEST_SIDE, MOST_PIXELS = 6, 10 * 1024 * 1024, 2400, 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = _("%(name)s is no picture that can be read here: JPEG, PNG or WebP.")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures, as a list of files that hold nothing but the picture."""

    widget = SeveralFiles({"multiple": True, "accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        files = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(files) > MOST:
            raise ValidationError(_("At most %(most)s pictures.") % {"most": MOST})
        return [plain_picture(super(PhotosField, self).clean(each, initial)) for each in files]


def plain_picture(file):
    """The picture itself, as JPEG. What it is, its content says, not its name."""
    name = file.name[:80]
    if file.size > MOST_BYTES:
        raise ValidationError(_("%(name)s is larger than 10 MB.") % {"name": name})
    try:
        picture = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(_("%(name)s has too many pixels.") % {"name": name})
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(UNREADABLE % {"name": name}) from error
    upright.info.clear()  # comments, too
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = BytesIO()
    upright.save(kept, "JPEG", quality=86, optimize=True)
    return ContentFile(kept.getvalue(), name="photo.jpg")


def keep_photos(event, files, by=None):
    """Among the pictures of the region, named after the event, in its order."""
    model = get_image_model()
    here = event.photos.count()
    for number, file in enumerate(files[: max(0, MOST - here)], start=here + 1):
        file.name = f"{event.slug[:60]}-{number}.jpg"
        picture = model(title=f"{event} {number}"[:255], file=file, uploaded_by_user=by)
        if event.region.collection_id:
            picture.collection_id = event.region.collection_id
        picture.save()
        EventPhoto.objects.create(event=event, picture=picture)
