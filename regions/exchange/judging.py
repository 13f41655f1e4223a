"""What is to become of each string of a file: a report, before anything is written."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages import language_name

from . import checking
from .markup import canonical
from .units import fingerprint

ACCEPTED, UNCHANGED, CONFLICT, REFUSED = "accepted", "unchanged", "conflict", "refused"
OUTCOMES = {
    CONFLICT: gettext_lazy("changed by somebody else"),
    REFUSED: gettext_lazy("refused"),
    ACCEPTED: gettext_lazy("to be saved"),
    UNCHANGED: gettext_lazy("unchanged"),
}


@dataclass(frozen=True)
class Row:
    """One string of a file: what will become of it, and why."""

    outcome: str
    file: str
    line: int | None
    reason: str = ""
    sheet: str = ""
    key: str = ""
    title: str = ""  # of the page
    field: str = ""
    source: str = ""
    text: str = ""  # what the file says, in the one way to write it
    kept: str = ""  # what the portal has
    kept_by: str = ""
    kept_at: object = None
    language: str = ""

    @property
    def number(self):
        """By which somebody chooses this row."""
        return f"{self.sheet}.{self.key}"


@dataclass
class Report:
    """All rows of an import, in the order of the files."""

    rows: list = field(default_factory=list)

    def of(self, outcome):
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self):
        return {outcome: len(self.of(outcome)) for outcome in OUTCOMES}

    @property
    def digest(self):
        """Changes when what would happen changes."""
        told = "\n".join(f"{row.number} {row.outcome} {fingerprint(row.kept)} {fingerprint(row.text)}" for row in self.rows)
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def to_save(self, chosen):
        """What was accepted, and those conflicts in which the file was chosen."""
        return [row for row in self.rows if row.outcome == ACCEPTED or (row.outcome == CONFLICT and row.number in chosen)]


def judge(given, pages, user, seen):
    """The row of one string of a file. `pages` are those that this person may translate, by the keys of their sheets."""
    page = pages.get(given.sheet)
    if reason := why_not_this_page(given, page, user):
        return row(given, REFUSED, reason, page)
    kept = page.kept.get(given.key)
    if kept is None:
        return row(given, REFUSED, what_became_of(given.key, page), page)
    if reason := given.problem or said_before(given, seen):
        return row(given, REFUSED, reason, page, kept)
    outcome, reason = compared(given, kept) or proven(given, kept)
    return row(given, outcome, reason, page, kept)


def why_not_this_page(given, page, user):
    if not given.sheet:
        return _("The file does not say which page it belongs to.")
    if page is None:
        return _("This page is not among those that you translate.")
    if given.language and given.language.replace("_", "-").lower() != page.sheet.language:
        return wrong_language(given.language, page.sheet.language)
    is_locked = page.page.locked and page.page.locked_by_id != user.pk
    return _("The page is locked.") if is_locked else ""


def said_before(given, seen):
    earlier = seen.setdefault((given.sheet, given.key), given)
    if canonical(earlier.text) == canonical(given.text):
        return ""
    where = {"file": earlier.file, "line": earlier.line}
    return _("Stands there already, with other words: %(file)s, line %(line)s.") % where


def compared(given, kept):
    """(outcome, reason) when the file brings nothing new."""
    text, before = canonical(given.text), canonical(kept.text)
    if not text:
        is_taken_away = before and given.seen != fingerprint("")
        return REFUSED if is_taken_away else UNCHANGED, nothing_given(is_taken_away, before)
    is_confirmed = kept.is_machine and not given.is_unfinished
    if text == before and not is_confirmed:
        return UNCHANGED, ""
    if text != before and fingerprint(text) == given.seen:
        return UNCHANGED, _("Not touched in this file; here it has changed since.")
    return None


def proven(given, kept):
    """(outcome, reason) of something new: may it stand, and is it in somebody's way?"""
    text, before = canonical(given.text), canonical(kept.text)
    found = checking.problems(kept.unit.source, text, kept.limit, kept.is_slug)
    if found or given.is_unfinished:
        return REFUSED, " ".join(found) or _("Still marked as not finished.")
    if before and text != before and given.seen != fingerprint(kept.text):
        return CONFLICT, ""
    return ACCEPTED, " ".join(checking.remarks(kept.unit.source, text))


def row(given, outcome, reason, page=None, kept=None):
    return Row(
        outcome=outcome,
        file=given.file,
        line=given.line,
        reason=reason,
        sheet=given.sheet,
        key=given.key,
        title=page.sheet.title if page else "",
        field=kept.unit.field if kept else given.path,
        source=kept.unit.source if kept else "",
        text=canonical(given.text),
        kept=kept.text if kept else "",
        kept_by=kept.changed_by if kept else "",
        kept_at=kept.changed_at if kept else None,
        language=page.sheet.language if page else "",
    )


def wrong_language(given, wanted):
    return _("The file is in %(given)s, the page is translated into %(wanted)s.") % {
        "given": language_name(given.lower()),
        "wanted": language_name(wanted),
    }


def what_became_of(key, page):
    place = key.partition(".")[0]
    if any(each.partition(".")[0] == place for each in page.kept):
        return _("The original has changed since the file was made: please take the new text out.")
    return _("There is no such text on the page any more.")


def nothing_given(is_taken_away, before):
    if is_taken_away:
        return _("Empty. What is there stays.")
    return _("Nothing in this file.") if before else _("Not translated yet.")
