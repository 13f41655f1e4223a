"""The leaves of the exchange of translations: markup, checks, PO and XLIFF. No database."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.exchange import po, xliff
from regions.exchange.checking import problems, remarks
from regions.exchange.markup import MarkupError, Piece, canonical, read, write
from regions.exchange.units import INITIAL, MACHINE, REVIEWED, TRANSLATED, ExchangeError, Sheet, Unit, fingerprint

KEY = "0b0f0c0a-1111-2222-3333-444455556666"
SOURCE = 'Read <a id="a1">our <b>map</b></a>.<br/>Call {name} or <a id="a2">write</a>.'
GOOD = 'Lisez <a id="a1">notre <b>carte</b></a>.<br/>Appelez {name} ou <a id="a2">écrivez</a>.'
NS = "{urn:oasis:names:tc:xliff:document:2.0}"

# Any text that a database takes: no surrogates, no NUL.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)


@st.composite
def pieces(draw, depth=3):
    """Any nesting of the markup that is allowed."""
    found = []
    for _each in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["text", "text", "break", "tag", "link"] if depth else ["text", "break"]))
        if kind == "text":
            found.append(Piece("text", draw(TEXT)))
        elif kind == "break":
            found.append(Piece("alone", "br"))
        else:
            name = "a" if kind == "link" else draw(st.sampled_from(["b", "i", "em", "strong", "code", "abbr"]))
            key = f"a{draw(st.integers(1, 9))}" if kind == "link" and draw(st.booleans()) else ""
            found += [Piece("open", name, key), *draw(pieces(depth - 1)), Piece("close", name, key)]
    return found


def sheet(*units, language="fr"):
    return Sheet(KEY, "en", language, "Our map", "/en/map/", "kenya/map", list(units))


def unit(target="", **facts):
    return Unit("body.1", facts.pop("source", SOURCE), target, seen=fingerprint(target), **facts)


@given(pieces())
def test_whatever_is_written_is_read_again(found):
    assert write(read(write(found))) == write(found)


@given(st.text(max_size=80))
def test_whatever_can_be_read_has_one_way_to_be_written(text):
    once = canonical(text)
    assert canonical(once) == once


@given(pieces(), pieces())
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("file_format", [po, xliff], ids=["po", "xliff"])
def test_every_string_survives_a_file(file_format, source, target):
    wanted = Unit("body.1", write(source) or "x", write(target), TRANSLATED, fingerprint(write(target)), "Text")
    try:
        data = file_format.write(sheet(wanted))
    except ValueError:
        raise AssertionError(wanted) from None
    (got,) = file_format.read(data, "a")
    assert (got.key, got.text, got.seen, got.problem) == (wanted.key, wanted.target, wanted.seen, "")
    assert file_format.write(sheet(wanted)) == data


def test_two_links_of_one_number_survive_too():
    """Not good, but there: what is refused on the way in must not break the way out."""
    twice = unit('<a id="a1">x</a><a id="a1">y</a>', state=TRANSLATED)
    assert xliff.read(xliff.write(sheet(twice)), "a")[0].text == twice.target


# -- The shape of the files --------------------------------------------------------------------------------------------

ATTRIBUTES = {  # of XLIFF 2.0 core: what each element may have, and what it must have
    "xliff": ({"version", "srcLang", "trgLang"}, {"version", "srcLang"}),
    "file": ({"id", "original"}, {"id"}),
    "unit": ({"id", "name"}, {"id"}),
    "notes": (set(), set()),
    "note": ({"category"}, set()),
    "segment": ({"state", "subState"}, set()),
    "source": ({"space"}, set()),
    "target": ({"space"}, set()),
    "pc": ({"id", "type", "subType", "canDelete", "canCopy"}, {"id"}),
    "ph": ({"id", "type", "subType"}, {"id"}),
    "cp": ({"hex"}, {"hex"}),
}
CHILDREN = {
    "xliff": ["file+"],
    "file": ["notes?", "unit+"],
    "unit": ["notes?", "segment+"],
    "notes": ["note+"],
    "segment": ["source", "target?"],
}


def assert_valid(element):
    name = element.tag.removeprefix(NS)
    assert element.tag.startswith(NS)
    may, must = ATTRIBUTES[name]
    have = {each.rpartition("}")[2] for each in element.attrib}
    assert must <= have <= may
    assert all(re.fullmatch(r"[\w.:-]+", element.attrib["id"]) for _each in [0] if "id" in have)
    if name in CHILDREN:
        order = "".join(f"{child.tag.removeprefix(NS)} " for child in element)
        pattern = "".join(f"(?:{each.rstrip('+?')} ){each[-1] if each[-1] in '+?' else ''}" for each in CHILDREN[name])
        assert re.fullmatch(pattern, order)
    if name == "unit":
        for part in [*element.iter(f"{NS}source"), *element.iter(f"{NS}target")]:
            ids = [each.get("id") for each in part.iter() if each.get("id")]
            assert len(ids) == len(set(ids))
    for child in element:
        assert_valid(child)


def test_an_xliff_file_has_the_structure_of_the_standard():
    states = {TRANSLATED: GOOD, REVIEWED: GOOD, MACHINE: GOOD, INITIAL: ""}
    units = [
        Unit(f"body.{state}", SOURCE, target, state, fingerprint(target), "Text", (("link", "a1: /en/"),))
        for state, target in states.items()
    ]
    root = ElementTree.fromstring(xliff.write(sheet(*units, language="zh-hant")))  # noqa: S314 (we wrote it)
    assert_valid(root)
    assert (root.get("srcLang"), root.get("trgLang"), root.get("version")) == ("en", "zh-Hant", "2.0")
    segments = list(root.iter(f"{NS}segment"))
    assert [(each.get("state"), each.get("subState")) for each in segments] == [
        ("translated", None),
        ("reviewed", None),
        ("initial", "portolan:machine"),
        ("initial", None),
    ]
    assert [each.get("id") for each in segments[0].find(f"{NS}target").iter(f"{NS}pc")] == ["a1", "b1", "a2"]


def test_a_po_file_keeps_the_markup_and_says_what_a_machine_said():
    text = po.write(sheet(unit(GOOD, state=MACHINE, field="Text"))).decode()
    assert "#. field: Text\n" in text
    assert "#, fuzzy\n" in text
    assert 'msgctxt "body.1"' in text
    assert 'msgid "Read <a id=\\"a1\\">our <b>map</b></a>.<br/>Call {name} or <a id=\\"a2\\">write</a>."' in text


# -- What other tools make of it ---------------------------------------------------------------------------------------


def xliff_of(target, source="Read <pc id='a1'>it</pc>"):
    return f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
    <file id="{KEY}"><unit id="u"><segment><source>{source}</source>{target}</segment></unit></file></xliff>""".encode()


def only(target):
    (got,) = xliff.read(xliff_of(target), "a")
    return got.text, got.problem


def test_a_tool_may_write_pairs_as_two_marks_and_add_its_own():
    assert only("<target>Lisez <sc id='a1'/>ça<ec startRef='a1'/></target>") == ('Lisez <a id="a1">ça</a>', "")
    assert only("<target>Lisez <mrk id='m1' type='term'>tout</mrk><sm id='m2'/>!<em startRef='m2'/></target>") == (
        "Lisez tout!",
        "",
    )


def test_a_tool_may_cut_a_string_into_sentences_and_turn_them_around():
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"><file id="{KEY}">
    <unit id="u"><segment><source>One.</source><target order="3">Un.</target></segment><ignorable><source> </source></ignorable>
    <segment><source>Two.</source><target order="1">Deux.</target></segment></unit></file></xliff>""".encode()
    assert xliff.read(data, "a")[0].text == "Deux. Un."
    assert xliff.read(data.replace(b'<target order="1">Deux.</target>', b""), "a")[0].text == ""


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("<target><pc id='x1'>ça</pc></target>", "There is no such placeholder in the original: x1"),
        ("<target><pc id=''>ça</pc></target>", "There is no such placeholder in the original: "),
        ("<target><ph id='a1'/></target>", "There is no such placeholder in the original: a1"),
        ("<target><sc id='a1'/>ça</target>", "A tag is not closed: <a>"),
        ("<target>ça<ec startRef='a1'/></target>", "A placeholder ends that never began: a1"),
        ("<target><script>x</script></target>", "This may not stand in a translation: <script>"),
        ("<target><h:b xmlns:h='urn:h'>x</h:b></target>", "This may not stand in a translation: <b>"),
        ("<target><cp hex='zz'/></target>", "This may not stand in a translation: <cp>"),
        ("<target><cp hex='110000'/></target>", "This may not stand in a translation: <cp>"),
        ("<target><ph id='br1'>x</ph></target>", "Nothing may stand inside this placeholder: br1"),
        ("<target>" + "<pc id='b1'>" * 60 + "</pc>" * 60 + "</target>", "Elements are nested too deep."),
    ],
)
def test_inline_elements_that_are_not_ours_are_named(target, reason):
    assert only(target) == ("", reason)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is not valid XML."),
        (b"<xliff", "The file is not valid XML."),
        (b"\xff\xfe\x00", "The file is not valid XML."),
        (BOMB, "The file holds a document type, which is not accepted."),
        (ENTITY, "The file holds a document type, which is not accepted."),
        (b"<html/>", "The file is not XLIFF."),
        (
            b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>',
            "This is another version of XLIFF. Please save the file as XLIFF 2.",
        ),
        (b"<x>" * 300 + b"</x>" * 300, "The file is not valid XML."),
    ],
)
def test_xml_that_is_no_xliff_is_refused_in_words(data, reason):
    with pytest.raises(ExchangeError, match=re.escape(reason)):
        xliff.read(data, "a")


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'msgid "a"\nmsgstr "b\n', 2), (b"hello", 1), (b'msgid "a"\nmsgstr "\xff"\n', None), (b"\x00\x01", None)],
)
def test_a_broken_po_file_says_in_which_line(data, line):
    with pytest.raises(ExchangeError) as failed:
        po.read(data, "a")
    assert line is None or failed.value.line == line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_po_files_are_read_as_other_systems_save_them(encoding, ending):
    text = po.write(sheet(unit(GOOD, state=TRANSLATED))).decode()
    (got,) = po.read(text.replace("\n", ending).encode(encoding), "a")
    assert (got.text, got.sheet, got.language) == (GOOD, KEY, "fr")


def test_a_po_file_that_is_the_name_of_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "secret.po"
    secret.write_text('msgid "a"\nmsgstr "secret"\n')
    with pytest.raises(ExchangeError):
        po.read(str(secret).encode(), "a")


# -- What may stand -----------------------------------------------------------------------------------------------------


def test_a_translation_that_keeps_what_must_stay_may_stand():
    assert problems(SOURCE, GOOD) == []
    assert problems(SOURCE, GOOD.replace("<b>", "").replace("</b>", "")) == []
    assert remarks(SOURCE, GOOD.replace("<b>", "").replace("</b>", "")) == ["Left out: <b>"]
    assert problems("Ten < twelve", "Dix < douze & plus") == []
    assert problems("Data", "Data: quarante-deux, javascript : un langage") == []
    assert problems("Hello", "مرحبا \u2067OSM\u2069 \u200f!") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<script>alert(1)</script>", "This may not stand in a translation: <script>"),
        ("<!--><img src=x onerror=alert(1)>-->", "This may not stand in a translation: <!-->"),
        ("<img src=x onerror=alert(1)>", "This may not stand in a translation: <img src=x onerror=alert(1)>"),
        ("<![CDATA[x]]>", "This may not stand in a translation: <![CDATA[x]]>"),
        ("<?php x ?>", "This may not stand in a translation: <?php x ?>"),
        ('<a id="a1" href="javascript:alert(1)">x</a>', "This may not stand in a translation:"),
        ('<a href="javascript:alert(1)">x</a>', "This may not stand in a translation:"),
        ('<a id="a1" onclick="x">x</a>', "This may not stand in a translation:"),
        ("<A ID='a1'>x</A>", "This may not stand in a translation: <A ID='a1'>"),
        ("<b>never closed", "A tag is not closed: <b>"),
        ("never opened</b>", "A tag is closed that was not open: </b>"),
        ('<b><a id="a1">crossed</b></a>', "A tag is closed that was not open: </b>"),
        ("half <b", "A tag is not finished: <b"),
        ('<a id="a9">x</a>', "There is no such link in the original: a9"),
        (GOOD.replace(' id="a2"', ""), "A link is missing: a2"),
        (GOOD + '<a id="a1">x</a>', "A link stands twice: a1"),
        (GOOD.replace("écrivez", ""), "A link without words."),
        (GOOD + "<code>x</code>", "The original has no <code>."),
        (GOOD.replace("{name}", "{nom}"), "A placeholder is missing: {name}"),
        (GOOD + " %(evil)s", "There is no such placeholder in the original: %(evil)s"),
        (GOOD + "\u202e", "A sign that forces the direction of writing (U+202D or U+202E)."),
        (GOOD + "\u2067", "A change of direction does not end."),
        (GOOD + "\u2069", "A change of direction ends that never began."),
        (GOOD + "\x07\x9f", "Control characters: U+0007, U+009F"),
        (GOOD + "javascript:alert(1)", "An address that would run as a program."),
        (GOOD + "java\u200bscript:alert(1)", "An address that would run as a program."),
        (GOOD + "data:text/html;base64,xx", "An address that would run as a program."),
        ("\u200f \u00a0", "Empty."),
        ("x" * 100_000, "Too long: 100000 signs, at most 1000 fit."),
    ],
)
def test_what_may_not_stand_is_refused_in_words(text, reason):
    assert reason in " ".join(problems(SOURCE, text))


def test_a_field_holds_so_many_signs_and_an_address_needs_letters():
    assert problems("Title", "é" * 80, 80) == []
    assert problems("Title", "é" * 81, 80) == ["Too long: 81 signs, at most 80 fit."]
    assert problems("a-story", "une-histoire", 80, is_slug=True) == []
    assert problems("a-story", "قصة", 80, is_slug=True) == ["The last part of an address needs Latin letters or digits."]


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_no_text_at_all_makes_the_checks_fall_over(text):
    for source in (SOURCE, text):
        assert isinstance(problems(source, text, 40, is_slug=True), list)


def test_an_original_that_we_cannot_read_says_so():
    with pytest.raises(MarkupError):
        read("<p>x</p>")
    assert problems("<p>x</p>", "y") == ["The original holds markup that translations cannot have."]
