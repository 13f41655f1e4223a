"""XLIFF 2 files: a `<file>` for each page, a `<unit>` for each string, links and formatting as inline elements.

A leaf: it knows no models. lxml reads and writes; no entities, no DTD, no network.
"""

from django.utils.translation import gettext as _
from lxml import etree

from portal.languages import tag

from .inline import XLIFF, contents, fill, in_order
from .markup import MarkupError
from .units import MACHINE, ExchangeError, Given, fingerprint

ENDING = "xlf"
CONTENT_TYPE = "application/xliff+xml"
SEEN, FIELD = "seen", "field"
OF_A_MACHINE = "portolan:machine"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRUCTURE = {"xliff", "file", "unit", "notes", "segment"}  # what is laid out in lines; inside texts every space counts


def named(name):
    return f"{{{XLIFF}}}{name}"


# -- Out ---------------------------------------------------------------------------------------------------------------


def write(sheet):
    """The file of one page, always the same for the same page."""
    languages = {"srcLang": tag(sheet.source_language), "trgLang": tag(sheet.language)}
    root = etree.Element(named("xliff"), {"version": "2.0", **languages}, nsmap={None: XLIFF})
    file = etree.SubElement(root, named("file"), id=sheet.key, original=sheet.address or "-")
    add_notes(file, [("title", sheet.title)])
    for unit in sheet.units:
        add_unit(file, unit)
    lay_out(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"


def add_unit(file, unit):
    element = etree.SubElement(file, named("unit"), id=unit.key, name=cleaned(unit.path))
    add_notes(element, [(FIELD, unit.field), *unit.hints, (SEEN, unit.seen)])
    segment = etree.SubElement(element, named("segment"), state_of(unit))
    fill(etree.SubElement(segment, named("source"), {SPACE: "preserve"}), unit.source)
    if unit.target:
        fill(etree.SubElement(segment, named("target"), {SPACE: "preserve"}), unit.target)


def state_of(unit):
    return {"state": "initial", "subState": OF_A_MACHINE} if unit.state == MACHINE else {"state": unit.state}


def add_notes(parent, notes):
    notes = [(category, cleaned(text)) for category, text in notes if text]
    if notes:
        element = etree.SubElement(parent, named("notes"))
        for category, text in notes:
            etree.SubElement(element, named("note"), category=category).text = text


def cleaned(text):
    """One line, of signs that XML can hold."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def lay_out(element, depth=0):
    """Each part of the structure on a line of its own; texts are left alone."""
    if etree.QName(element).localname not in STRUCTURE or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        lay_out(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * depth


# -- In ----------------------------------------------------------------------------------------------------------------


def read(data, name):
    """What the file says, one `Given` for each string."""
    root = parsed(data)
    language = root.get("trgLang", "")
    return [
        given(unit, name, file.get("id", ""), language)
        for file in root.iter(named("file"))
        for unit in file.iter(named("unit"))
    ]


def parsed(data):
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExchangeError(_("The file is not valid XML."), getattr(error, "lineno", None)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ExchangeError(_("The file holds a document type, which is not accepted."))
    if root.tag != named("xliff"):
        is_older = etree.QName(root).localname == "xliff"
        raise ExchangeError(
            _("This is another version of XLIFF. Please save the file as XLIFF 2.") if is_older else _("The file is not XLIFF.")
        )
    return root


def given(unit, name, sheet, language):
    text, problem = "", ""
    try:
        text = text_of(unit)
    except MarkupError as error:
        problem = str(error)
    seen = note_in(unit, SEEN)
    return Given(
        file=name,
        line=unit.sourceline or 0,
        sheet=sheet,
        language=language.lower(),
        key=unit.get("id", ""),
        path=unit.get("name", ""),
        text=text,
        problem=problem,
        seen=seen,
        is_unfinished=is_left_to_the_machine(unit) and fingerprint(text) == seen,
    )


def is_left_to_the_machine(unit):
    """Whether nobody has taken away the mark that we gave to a machine's words. Not every tool can, so new words count."""
    segments = unit.iter(named("segment"))
    return any(each.get("subState") == OF_A_MACHINE and each.get("state") == "initial" for each in segments)


def text_of(unit):
    """The translation: of a string that a tool has cut up, all parts in their order. Nothing while a part is missing."""
    parts = in_order(list(unit.iter(named("segment"), named("ignorable"))))
    targets = [part_of(part) for part in parts]
    return contents([target for target in targets if target is not None]) if parts and None not in targets else ""


def part_of(part):
    """What a part says in the translation. What needs none, such as a space between sentences, stays as it is."""
    target = part.find(named("target"))
    is_between = etree.QName(part).localname == "ignorable"
    return part.find(named("source")) if target is None and is_between else target


def note_in(unit, category):
    notes = unit.find(named("notes"))
    found = [] if notes is None else [note for note in notes.iter(named("note")) if note.get("category") == category]
    return (found[0].text or "").strip() if found else ""
