"""One row's texts become facts, or it is said which column is wrong and why. The model has the last word."""

import math
import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.cities import nearest
from portal.geo import distance
from portal.imports import Problem
from spaces.models import Space
from spaces.placing import check_country

from .words import code_for, codes_of, country_code

FACTS = (
    *("name", "kind", "address", "city", "country", "latitude", "longitude", "capacity", "facilities", "step_free"),
    *("cost", "price", "currency", "website"),
)
CODES = {"kind": "kinds", "step_free": "step_free", "cost": "costs"}
NUMBER = re.compile(r"[-+]?\d{1,40}(\.\d{0,40})?(e[-+]?\d{1,3})?")
MOST_TAGS, LONGEST_TAG = 20, 100
FAR = 60  # kilometres from the middle of the nearest city: farther away, it is not concluded where a place is
UNCHECKED = {"region", "country", "slug", "key", "status", "tags", "source_facts", "imported_at", "confirmed_at"}


class Wrong(Exception):
    """Why a text is no value."""


class Reading:
    """One row on its way from texts to facts."""

    def __init__(self, raw, columns):
        self.raw, self.columns = raw, columns
        self.facts, self.notes, self.problems = {}, list(raw.losses), []
        for column, message in raw.problems:
            self.problems.append(self.problem(message, column))
        self.label = self.text("name")[:80] or _("no name")

    def text(self, field):
        return " ".join(self.raw.cells.get(self.columns.get(field), "").split())

    def problem(self, message, column=""):
        return Problem(str(message), column, self.raw.number, self.text("name")[:80])

    def refuse(self, field, message):
        self.problems.append(self.problem(message, self.columns.get(field) or field))

    @property
    def is_right(self):
        return not self.problems

    def read(self):
        """Fill `facts`; what is wrong goes into `problems`, what was concluded or left out into `notes`."""
        for field, clean in CLEANERS.items():
            text = self.text(field)  # "" without a column
            if not text or any(self.columns[field] == problem.field for problem in self.problems):
                continue
            try:
                self.facts[field] = clean(self, text)
            except Wrong as wrong:
                self.refuse(field, wrong)
        for field in ("website", "tags", "facilities"):  # an empty cell says that there is none
            if field in self.columns and not self.text(field):
                self.facts[field] = [] if field != "website" else ""
        self.require("name", "latitude", "longitude")
        if self.is_right:
            self.check_place()
            self.conclude_place()
            self.require("city", "country")
        if "address" not in self.facts and self.is_right:
            self.notes.append(_("address not said: ask before listing"))
        if "cost" not in self.facts and self.is_right:
            self.notes.append(_("cost not said, taken as free: ask before listing"))
        return self

    def require(self, *fields):
        said = {problem.field for problem in self.problems}
        for field in fields:
            if field not in self.facts and (self.columns.get(field) or field) not in said:
                self.refuse(field, _("missing"))

    def check_place(self):
        """Latitude and longitude the wrong way round, or of nobody, lie somewhere else on the earth."""
        lat, lon, country = (self.facts.get(field) for field in ("latitude", "longitude", "country"))
        if (lat, lon) == (0, 0):
            self.refuse("latitude", _("0, 0 lies in the sea: it stands where nobody gave a position"))
            return
        if not country or nearest(lat, lon).country == country:
            return
        if abs(lon) <= 90 and nearest(lon, lat).country == country:  # noqa: PLR2004 -- else it is no latitude
            self.refuse("latitude", _("latitude and longitude look swapped: the other way round it lies in the country named"))
            return
        try:
            check_country((lat, lon), country)
        except ValidationError as error:
            self.refuse("country", " ".join(error.messages))

    def conclude_place(self):
        """Country and city by the coordinates, where the file does not tell."""
        missing = [field for field in ("city", "country") if field not in self.facts]
        if not missing:
            return
        lat, lon = self.facts["latitude"], self.facts["longitude"]
        city = nearest(lat, lon)
        if distance(lat, lon, city.latitude, city.longitude) > FAR:
            return
        values = {"city": city.name, "country": city.country}
        for field in missing:
            self.facts[field] = values[field]
            self.notes.append(_("%(field)s by the coordinates: %(value)s") % {"field": field, "value": values[field]})

    def check(self, source):
        """The model's own validation of what a new space would be."""
        facts = {field: self.facts[field] for field in FACTS if field in self.facts}
        space = Space(source=source, source_id=self.text("source_id")[:200], **facts)
        for validate in (lambda: space.clean_fields(exclude=UNCHECKED), space.clean):
            try:
                validate()
            except ValidationError as error:
                for field, messages in error.message_dict.items():
                    self.refuse(field, " ".join(messages))
        return self.is_right


def words(reading, text):
    return text


def degrees(most, field):
    def clean(reading, text):
        value = number(text)
        if abs(value) > most:
            swapped = field == "latitude" and abs(value) <= 180  # noqa: PLR2004 -- a longitude
            hint = " " + _("Perhaps latitude and longitude are swapped.") if swapped else ""
            raise Wrong(_("%(value)s is out of range, at most %(most)s.") % {"value": text[:40], "most": most} + hint)
        return value

    return clean


def number(text):
    """A number with a point or, as many languages write it, a comma."""
    written = text.replace("\u2212", "-").lower()
    written = written.replace(",", ".") if written.count(",") == 1 and "." not in written else written
    value = float(written) if NUMBER.fullmatch(written) else None
    if value is None or not math.isfinite(value):
        raise Wrong(_("“%(text)s” is not a number") % {"text": text[:40]})
    return value


def people(reading, text):
    value = number(text)
    if value != int(value) or not 1 <= value <= 100_000:  # noqa: PLR2004 -- no room holds more
        raise Wrong(_("“%(text)s” is not a number of people, from 1 to 100000") % {"text": text[:40]})
    return int(value)


def code(field):
    def clean(reading, text):
        found = code_for(CODES[field], text)
        if found is None:
            known = ", ".join(codes_of(CODES[field]))
            raise Wrong(_("“%(text)s” is not known; known are: %(known)s") % {"text": text[:40], "known": known})
        return found

    return clean


def country(reading, text):
    found = country_code(text)
    if found is None:
        raise Wrong(_("“%(text)s” is not a country") % {"text": text[:40]})
    return found


def facilities(reading, text):
    named = [part.strip() for part in re.split(r"[;,|/、،]", text) if part.strip()]
    if len(named) == 1 and code_for("facilities", text) is None:  # our own files have codes with spaces between them
        named = text.split() if all(code_for("facilities", word) for word in text.split()) else named
    codes = {part: code_for("facilities", part) for part in named}
    unknown = [part for part, found in codes.items() if found is None]
    if unknown:
        reading.notes.append(_("facilities not known: %(names)s") % {"names": ", ".join(unknown)[:120]})
    return [each for each in codes_of("facilities") if each in codes.values()]


def price(reading, text):
    number(text)
    try:
        value = Decimal(text.replace(",", ".") if "." not in text else text)
        if value < 0:
            raise Wrong(_("a price is not negative"))
        return value.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Wrong(_("“%(text)s” is not a number") % {"text": text[:40]}) from error


def currency(reading, text):
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise Wrong(_("“%(text)s” is not a currency of three letters") % {"text": text[:40]})
    return text.upper()


def website(reading, text):
    return text if "://" in text else f"https://{text}"


def tags(reading, text):
    named = sorted({part.strip().lower() for part in re.split(r"[;,|]", text) if part.strip()})
    if len(named) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in named):
        raise Wrong(_("at most %(most)s tags, none longer than %(long)s characters") % {"most": MOST_TAGS, "long": LONGEST_TAG})
    return named


CLEANERS = {
    "name": words,
    "kind": code("kind"),
    "address": words,
    "city": words,
    "country": country,
    "latitude": degrees(90, "latitude"),
    "longitude": degrees(180, "longitude"),
    "capacity": people,
    "facilities": facilities,
    "step_free": code("step_free"),
    "cost": code("cost"),
    "price": price,
    "currency": currency,
    "website": website,
    "tags": tags,
}
