"""PO files: one for each page and language. The markup stands in the text as it is.

A leaf: it knows no models. polib reads and writes.
"""

import codecs
import re
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from django.utils.translation import gettext as _

from .units import MACHINE, ExchangeError, Given, unit_key

ENDING = "po"
CONTENT_TYPE = "text/x-gettext-translation"
SHEET = "X-WagtailLocalize-TranslationID"  # the name that wagtail-localize's own files have, so theirs are read too
SEEN = re.compile(r"^seen: ([0-9a-f]{12})$", re.MULTILINE)
LINE = re.compile(r"\(line (\d+)\)")
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def write(sheet):
    """The file of one page, always the same for the same page."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": one_line(sheet.title),
        "Language": sheet.language,
        "X-Source-Language": sheet.source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        SHEET: sheet.key,
    }
    file.extend(entry(unit) for unit in sheet.units)
    return f"{file}\n".encode("utf-8", "surrogatepass")


def entry(unit):
    notes = [f"{name}: {one_line(text)}" for name, text in (("field", unit.field), *unit.hints) if text]
    return polib.POEntry(
        msgctxt=unit.path,
        msgid=unit.source,
        msgstr=unit.target,
        comment="\n".join([*notes, f"seen: {unit.seen}"]),
        flags=["fuzzy"] if unit.state == MACHINE else [],
    )


def one_line(text):
    return " ".join(text.split())


def read(data, name):
    """What the file says, one `Given` for each string."""
    text = decoded(data)
    check_quotes(text)
    with parsed(text) as file:
        sheet, language = file.metadata.get(SHEET, ""), file.metadata.get("Language", "")
        return [given(each, name, sheet, language) for each in file if not each.obsolete]


def given(each, name, sheet, language):
    seen = SEEN.search(each.comment or "")
    return Given(
        file=name,
        line=each.linenum,
        sheet=sheet.strip(),
        language=language.strip(),
        key=unit_key(each.msgctxt or "", each.msgid),
        path=each.msgctxt or "",
        text=each.msgstr,
        problem=_("Plural forms have no place here.") if each.msgid_plural else "",
        seen=seen[1] if seen else "",
        is_unfinished=each.fuzzy,
    )


def check_quotes(text):
    """polib overlooks a quotation mark that is missing at the end of a line, and a sign with it."""
    for number, line in enumerate(text.split("\n"), 1):
        said = line.strip()
        if said.startswith(("msg", '"')) and not (said.endswith('"') and said.count('"') > 1):
            raise ExchangeError(_("The file is not a valid PO file."), number)


def decoded(data):
    """The text, whatever Unicode it was saved in. Old code pages are refused: what they meant cannot be known."""
    encoding = next((each for mark, each in BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8: byte %(number)d does not belong there.") % {"number": error.start + 1}
        raise ExchangeError(message) from error


@contextmanager
def parsed(text):
    """polib takes a text for the name of a file if there is one of that name, and breaks lines at rare signs. A file
    of our own avoids both."""
    with TemporaryDirectory(prefix="portal-po-") as folder:
        path = Path(folder) / "upload.po"
        path.write_bytes(text.encode())
        try:
            yield polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
            line = LINE.search(str(error))
            raise ExchangeError(_("The file is not a valid PO file."), int(line[1]) if line else None) from error
