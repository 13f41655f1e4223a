"""Many files in one: written as a stream that is never whole in memory, read with limits that a bomb does not pass.

A leaf. Names inside an archive are for people: nothing is ever written where they say.
"""

import struct
import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext as _

from . import po, xliff
from .units import ExchangeError

FORMATS = {"xliff": xliff, "po": po}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same archive for the same pages, whenever it is made
MB = 1024 * 1024
LARGEST_UPLOAD, LARGEST_FILE, LARGEST_WHOLE = 10 * MB, 5 * MB, 60 * MB
MOST_FILES = 5000
# What zipfile says, one way or another, when an archive is damaged, protected or of a kind that it does not know.
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)


class Pipe:
    """What was written since somebody last looked: an archive is written in at one end and sent out at the other."""

    def __init__(self):
        self.waiting = []

    def write(self, data):
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self):
        pass

    def taken(self):
        data, self.waiting = b"".join(self.waiting), []
        return data


def archive(sheets, file_format):
    """The bytes of a zip of these sheets, piece by piece."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in sheets:
            entry = zipfile.ZipInfo(f"{sheet.name}.{file_format.ENDING}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, file_format.write(sheet))
            if data := pipe.taken():
                yield data
    yield pipe.taken()


def files_in(data, name):
    """(name, bytes) of each file: the one that was sent, or all that are packed in it. What is too large is refused."""
    if not data.startswith(b"PK"):
        yield name, limited(data, LARGEST_FILE)
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            yield from unpacked(packed)
    except DAMAGES as error:
        raise ExchangeError(_("The archive is damaged or protected.")) from error


def unpacked(packed):
    entries = [entry for entry in packed.infolist() if not entry.is_dir() and is_translation(entry.filename)]
    if len(entries) > MOST_FILES:
        raise ExchangeError(_("Too many files: %(found)d, at most %(most)d.") % {"found": len(entries), "most": MOST_FILES})
    if not entries:
        raise ExchangeError(_("There is no PO or XLIFF file in the archive."))
    whole = 0
    for entry in entries:
        data = inflated(packed, entry)
        whole += len(data)
        if whole > LARGEST_WHOLE:
            raise ExchangeError(_("The archive is too large when unpacked."))
        yield entry.filename, data


def is_translation(name):
    """What macOS and others put beside the files is left alone."""
    last = name.rsplit("/", 1)[-1].lower()
    return not last.startswith(".") and last.endswith((".po", ".xlf", ".xliff"))


def inflated(packed, entry):
    """At most as much as we take, whatever the archive says about its size."""
    with packed.open(entry) as file:
        return limited(file.read(LARGEST_FILE + 1), LARGEST_FILE)


def limited(data, most):
    if len(data) > most:
        raise ExchangeError(_("The file is too large: at most %(most)d MB.") % {"most": most // MB})
    return data


def read(data, name):
    """What one file says, whichever of the formats it is."""
    return format_of(data, name).read(data, name)


def format_of(data, name):
    if name.lower().endswith((".xlf", ".xliff")):
        return xliff
    if name.lower().endswith(".po"):
        return po
    return xliff if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else po
