"""Words on a drawn picture, in whatever script they are written, with the fonts that the machine has.

Of a script for which there is no font nothing is drawn: boxes instead of letters say less than none.
"""

import unicodedata
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
EUROPEAN = {"LATIN", "GREEK", "CYRILLIC"}
HAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
# A script, as Unicode names its letters: the fonts that write it, the best first.
FONTS = {
    "european": ("NotoSerif-SemiBold.ttf", "NotoSerif-Bold.ttf", "NotoSans-Bold.ttf", "DejaVuSerif-Bold.ttf"),
    "ARABIC": ("NotoNaskhArabic-Bold.ttf", "NotoSansArabic-Bold.ttf", "NotoKufiArabic-Bold.ttf"),
    "han": ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"),
}


def script_of(text):
    """`european`, `han`, or the one script of all letters (`ARABIC`); mixed ones are "": no font is sure to have them all."""
    found = {unicodedata.name(sign, "?").split()[0] for sign in text if sign.isalpha()}
    if found <= EUROPEAN:
        return "european"
    if found <= HAN | EUROPEAN:  # fonts of Han have Latin letters, too
        return "han"
    rest = found - EUROPEAN
    return rest.pop() if len(rest) == 1 else ""


@cache
def files():
    """{name: path} of all fonts of this machine."""
    return {path.name: path for folder in FOLDERS if folder.is_dir() for path in folder.rglob("*.[to]t[fc]")}


@cache
def font(script, size):
    """A font for a script, or None."""
    name = script.title()
    wanted = FONTS.get(script, (f"NotoSerif{name}-Bold.ttf", f"NotoSans{name}-Bold.ttf", f"NotoSans{name}-Regular.ttf"))
    path = next((files()[each] for each in wanted if each in files()), None)
    if path:
        return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size) if script == "european" else None


def font_for(text, size):
    return font(script_of(text), size)


def lines_of(text, lettering, width, most):
    """The text in at most so many lines; what does not fit ends with an ellipsis. Han is cut between signs."""
    is_han = script_of(text) == "han"
    words, joint = (list(text), "") if is_han else (text.split(), " ")
    lines, line = [], ""
    for word in words:
        longer = f"{line}{joint if line else ''}{word}"
        if line and lettering.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = f"{kept[-1]}…"
    return [shortened(each, lettering, width) for each in kept]


def shortened(line, lettering, width):
    while len(line) > 1 and lettering.getlength(line) > width:
        line = f"{line.rstrip('…')[:-1]}…"
    return line
