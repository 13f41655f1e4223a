"""One text, two forms: the HTML says what the text says, in the direction of its language, and shows nothing from elsewhere."""

import re
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.mail import EmailMessage

from portal.letters import as_html, parts_of
from portal.mail import compose, queue_mail
from portal.mail_templates import mail_template, mail_templates
from portal.models import OutgoingMail
from portal.models.delivering import AUTOMATIC

HOST = "portal.example"
EMAILS = Path(settings.BASE_DIR) / "templates"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def shape(text):
    return [(part.kind, part.lines, part.label) for part in parts_of(text, HOST)]


# -- From text to parts ------------------------------------------------------------------------------------------------


def test_what_the_form_of_a_text_says():
    text = """Hello Amina,
this is the second line.

Role: Editor
Region: Kenya

- one
- two
> What they wrote.
> Two lines of it.

Look at it, then say yes or no:
https://portal.example/en/invitation/a:b:c/

The end.

-- 
Portolan
"""
    assert shape(text) == [
        ("paragraph", ["Hello Amina,", "this is the second line."], ""),
        ("paragraph", ["Role: Editor", "Region: Kenya"], ""),
        ("list", ["one", "two"], ""),
        ("quote", ["What they wrote.", "Two lines of it."], ""),
        ("button", ["https://portal.example/en/invitation/a:b:c/"], "Look at it, then say yes or no"),
        ("paragraph", ["The end."], ""),
        ("signature", ["Portolan"], ""),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/en/",
        "https://portal.example.evil.example/",
        "https://portal.example@evil.example/",
        "javascript:alert(1)",
        "see https://portal.example/en/",
    ],
)
def test_only_an_address_of_our_own_alone_on_its_line_is_a_button(address):
    assert shape(f"Open this:\n{address}") == [("paragraph", ["Open this:", address], "")]
    assert shape("Open this:\nhttps://portal.example/en/")[0][0] == "button"


@pytest.mark.parametrize(
    ("before", "label"),
    [
        ("Open this:", "Open this"),
        ("打開這個：", "打開這個"),
        ("Ouvrez ceci :", "Ouvrez ceci"),
        ("No colon", ""),
        ("A" * 60 + ":", ""),
        ("> They say:", ""),
        ("", ""),
    ],
)
def test_a_short_line_with_a_colon_is_what_the_button_says(before, label):
    assert shape(f"{before}\n\nhttps://portal.example/en/")[-1][2] == label


# -- The document ------------------------------------------------------------------------------------------------------


def page(text, language="en", subject="Hello"):
    return BeautifulSoup(as_html(subject, text, language, own_host=HOST), "html.parser")


@pytest.mark.parametrize(
    ("language", "lang", "direction"), [("en", "en", "ltr"), ("ar", "ar", "rtl"), ("zh-hant", "zh-Hant", "ltr")]
)
def test_the_document_says_its_language_and_direction(language, lang, direction):
    html = page("Text", language).html
    assert (html["lang"], html["dir"]) == (lang, direction)


def test_nothing_of_a_stranger_becomes_markup():
    found = page('<b>Hi</b> <img src="https://elsewhere.example/x.png">\n\n> <script>alert(1)</script>', subject="<i>S</i>")
    assert "<b>Hi</b>" in found.text
    assert [found.find_all(tag) for tag in ("b", "i", "img", "script")] == [[], [], [], []]


@pytest.mark.parametrize("template", mail_templates(), ids=lambda template: template.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_whole_in_every_language(template, language):
    """Every word of the text stands in the HTML, every link leads to where the text says, nothing is fetched from anywhere."""
    subject, body = compose(template.subject_template, template.body_template, template.example(), language)
    html = as_html(subject, body, language)
    found = BeautifulSoup(html, "html.parser")
    assert subject.strip()
    assert "{{" not in html
    assert "{%" not in html
    shown = re.sub(r"\W", "", found.body.text)
    for line in body.splitlines():
        assert re.sub(r"\W", "", line) in shown
    links = {link["href"] for link in found.body.find_all("a")}
    in_text = {address.rstrip(".,") for address in re.findall(r"https?://\S+", body)}
    mailto = {link for link in links if link.startswith("mailto:")}
    assert links - mailto - {settings.WAGTAILADMIN_BASE_URL} == in_text - {settings.WAGTAILADMIN_BASE_URL}
    assert [tag.name for tag in found.find_all(["img", "script", "link", "iframe", "form", "object"])] == []
    assert "url(" not in html
    assert "@import" not in html
    assert all(link.text.strip() for link in found.find_all("a"))


def test_every_template_has_an_example():
    files = {path.relative_to(EMAILS) for path in (EMAILS / "emails").glob("*.txt") if ".subject" not in path.name}
    files |= {path.relative_to(EMAILS) for path in (EMAILS / "account" / "email").glob("*_message.txt")}
    files -= {Path("account/email/base_message.txt")}  # the frame of the others
    assert len(files) > 6
    shown = {Path(template.body_template) for template in mail_templates()}
    assert sorted(files - shown) == []


def test_names_of_templates_are_all_different_and_an_unknown_one_is_nothing():
    names = [template.name for template in mail_templates()]
    assert len(names) == len(set(names))
    assert mail_template("invitation").label == "An invitation to take on a role"
    assert mail_template("nonsense") is None


# -- On the wire -------------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db
LONG = "Ωμέγα " * 400


def wire(mail):
    return mail.as_message().message().as_bytes(linesep="\r\n")


def test_any_server_can_carry_it():
    """No byte above 127, no line above 78 (998 is what the RFC allows), whatever is in it."""
    mail = OutgoingMail.objects.create(
        to=["Zoë Ωμέγα <zoe@example.org>"],
        reply_to=["地圖 <map@example.org>"],
        subject=LONG[:900],
        body=f"{LONG}\n.\nFrom here",
        attachments=[["地圖.txt", "WsO8", "text/plain"]],
    )
    sent = wire(mail)
    assert max(sent) < 128
    assert max(len(line) for line in sent.split(b"\r\n")) <= 78
    read = message_from_bytes(sent, policy=modern)
    assert read["Subject"].replace(" ", "") == mail.subject.replace(" ", "")
    assert (read["To"].addresses[0].display_name, read["To"].addresses[0].addr_spec) == ("Zoë Ωμέγα", "zoe@example.org")
    assert read["Reply-To"].addresses[0].display_name == "地圖"
    assert read.get_body(("plain",)).get_content().split() == mail.body.split()
    [attached] = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("地圖.txt", "Zü")


def test_the_headers_say_who_wrote_it_in_which_language_and_that_it_was_a_machine(settings):
    mail = queue_mail("alice@example.org", "invitation_declined", {}, "zh-hant", reply_to="bob@example.org")
    read = message_from_bytes(wire(mail), policy=modern)
    assert {name: read[name] for name in AUTOMATIC} == AUTOMATIC
    assert (read["Content-Language"], read["Message-ID"]) == ("zh-Hant", mail.message_id)
    assert (read["From"], read["Reply-To"]) == (settings.DEFAULT_FROM_EMAIL, "bob@example.org")
    assert read["Date"].datetime == mail.created_at.replace(microsecond=0)
    assert "Precedence" not in read
    assert "List-Unsubscribe" not in read


def test_a_repeat_is_the_same_letter():
    mail = queue_mail("alice@example.org", "invitation_declined", {}, "en")
    first, second = (message_from_bytes(wire(mail), policy=modern) for _ in range(2))
    for name in ("Message-ID", "Date", "Subject", "From", "To"):
        assert first[name] == second[name]


def test_who_wants_no_more_needs_one_click():
    address = "https://portal.example/en/preferences/x:y:z/"
    mail = queue_mail("alice@example.org", "invitation_declined", {}, "en", unsubscribe_url=address)
    read = message_from_bytes(wire(mail), policy=modern)
    assert read["List-Unsubscribe"] == f"<{address}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_every_mail_has_both_forms_also_what_others_write():
    message = EmailMessage("Reset", "Choose it here:\n\nhttp://127.0.0.1:8000/en/x/", to=["alice@example.org"])
    message.connection = None
    mail = OutgoingMail.objects.create(to=message.to, subject=message.subject, body=message.body)
    read = message_from_bytes(wire(mail), policy=modern)
    assert "Choose it here" in read.get_body(("html",)).get_content()
    assert "Choose it here:" in read.get_body(("plain",)).get_content()
    assert mail.html == ""  # made when it is sent, kept once
