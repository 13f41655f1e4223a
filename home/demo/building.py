"""Builds the demo portal from its texts, through the same verbs that people use."""

import json
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from wagtail.models import Collection

from home.founding import FOOTER_MENU, INDEXES, MAIN_MENU, ensure_page, found_portal, make_menu
from home.models import HomePage, Menu, SiteTexts, StandardPage
from portal.models import Picture
from regions.importers.communities import import_communities
from regions.models import Ambassadorship, GlossaryTerm, Region, TranslationOffer, UserGroup
from regions.permissions import region_collection
from regions.translating.following import counted_once
from spaces.models import Award, Space, SpaceHost, SpaceSubmission
from spaces.recognition import compute_awards
from stories.models import AnnouncementIndexPage, AnnouncementPage, StoryPage

from . import content, people
from .asking import ask
from .events import event_of, fill_seats, promise_space, tell_outcome
from .pictures import as_file, draw_picture
from .rooms import furnish
from .writing import body_of, translate

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
COMMUNITIES = Path(__file__).parent / "data" / "communities.json"


def picture(kind, seed, title, collection=None, scene=None):
    """A drawn picture, kept under its title so that a second run draws nothing."""
    found = Picture.objects.filter(title=title).first()
    if found:
        return found
    drawn = draw_picture(kind, seed, scene)
    return Picture.objects.create(
        title=title,
        description=title,
        file=as_file(drawn, seed),
        width=drawn.width,
        height=drawn.height,
        credit="Drawn for the demo, CC0",
        collection=collection or Collection.get_first_root_node(),
    )


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


class Builder:
    """Builds region after region; `say` is told what is done, because a person waits."""

    def __init__(self, say=lambda words: None):
        self.say = say
        self.now = timezone.now()
        self.today = timezone.localdate()

    def build(self):
        with counted_once():
            self.build_all()

    def build_all(self):
        self.say("The front door, in five languages")
        self.build_portal()
        self.staff = people.make_programme()
        self.write_glossary()
        regions = [self.build_region(table) for table in content.regions().values()]
        self.say("The user groups of these countries, from the OSM community index")
        import_communities(json.loads(COMMUNITIES.read_text()))
        by_slug = {region.slug: region for region in regions}
        self.build_announcements(by_slug)
        self.leave_work_to_translators(by_slug)
        compute_awards(self.now)

    # -- The global pages ----------------------------------------------------------------------------------------------

    def build_portal(self):
        texts = content.portal()
        home = found_portal("127.0.0.1", 8000)
        front = {"summary": texts["home"]["summary"], "headline": texts["home"]["headline"]}
        publish(home, title=texts["home"]["title"], body=body_of(texts["home"]["body"]), **front)
        translate(home, OTHERS)
        for slug, table in texts["indexes"].items():
            translate(publish(ensure_page(home, INDEXES[slug], slug, table["title"]), **table), OTHERS)
        for table in texts["pages"]:
            page = ensure_page(home, StandardPage, table["slug"], table["title"])
            translate(publish(page, title=table["title"], summary=table["summary"], body=body_of(table["body"])), OTHERS)
        Menu.objects.all().delete()
        make_menu(home, Menu.Place.MAIN, MAIN_MENU)
        make_menu(home, Menu.Place.FOOTER, FOOTER_MENU)
        self.write_site_texts(texts["texts"], home.locale)

    def write_site_texts(self, texts, locale):
        original, _created = SiteTexts.objects.update_or_create(locale=locale, defaults=texts)
        for language in OTHERS:
            words = content.translations(language)
            copy = HomePage.objects.get(locale__language_code=language).locale
            translated = {name: words.get(text, "") for name, text in texts.items()}
            SiteTexts.objects.update_or_create(locale=copy, translation_key=original.translation_key, defaults=translated)

    def write_glossary(self):
        for table in content.glossary():
            for language in OTHERS:
                agreed = {"translation": table.get(language, ""), "do_not_translate": table.get("name", False)}
                GlossaryTerm.objects.update_or_create(
                    source_language=settings.LANGUAGE_CODE,
                    target_language=language,
                    term=table["term"],
                    defaults={**agreed, "note": table.get("note", "")},
                )

    def build_announcements(self, regions):
        parent = AnnouncementIndexPage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
        for table in content.portal()["announcements"]:
            page = ensure_page(
                parent,
                AnnouncementPage,
                table["slug"],
                table["title"],
                summary=table["summary"],
                body=body_of(table["body"]),
                urgent=table["urgent"],
                starts=self.now - timedelta(days=table["days_ago"]),
                until=self.now + timedelta(days=table["until_days"]),
                regions=[regions[slug] for slug in table["regions"]],
            )
            translate(page, OTHERS)

    def leave_work_to_translators(self, regions):
        """An original that has changed since it was translated, and somebody who offers to help."""
        table = content.portal()["translating"]
        space = Space.objects.get(slug=table["space"])
        page = space.pages.get(locale__language_code=space.region.language)
        if page.summary != table["changed_summary"]:
            publish(page, summary=table["changed_summary"])
        TranslationOffer.objects.get_or_create(
            region=regions[table["region"]],
            email=table["helper"]["email"],
            defaults={**table["helper"], "reads_in": table["helper"]["language"], "status": TranslationOffer.Status.OPEN},
        )

    # -- One region ----------------------------------------------------------------------------------------------------

    def build_region(self, table):
        facts = table["region"]
        self.say(f"{facts['name']}: pages, people, spaces, events, stories")
        names = ("name", "area", "language", "languages", "countries", "timezone", "latitude", "longitude")
        region, _created = Region.objects.get_or_create(slug=facts["slug"], defaults={name: facts[name] for name in names})
        region.open(by=self.staff)
        self.collection = region_collection(region)
        quote = [("quote", {"text": facts["quote"]["text"], "source": facts["quote"]["source"]})]
        page = publish(
            region.page_in(region.language),
            summary=facts["summary"],
            newcomers=facts["newcomers"],
            body=body_of(facts["body"]) + quote,
            image=picture("region", region.slug, f"{region.name}: coast", self.collection),
        )
        translate(page, region.other_languages)
        people.make_region_team(region, self.staff)
        self.build_ambassadors(region, table["ambassadors"])
        self.first_space = table["spaces"][0]  # the one that the demo's host account opens
        spaces = {each["slug"]: self.build_space(region, each) for each in table["spaces"]}
        for each in table["events"]:
            self.build_event(region, each, spaces)
        for number, each in enumerate(table["stories"]):
            self.build_story(region, page, each, number)
        for each in table.get("groups", []):
            self.build_group(region, each)
        for each in table.get("submissions", []):
            self.build_submission(region, each)
        for each in table.get("requests", []):
            ask(region, each)
        return region

    def finish(self, page, table, region):
        if not table.get("only"):
            translate(page, region.other_languages)
        return page

    def build_ambassadors(self, region, tables):
        made = {}
        for number, table in enumerate(tables):
            person = people.ambassador_account(region, table, number)
            term = {
                "title": table["title"],
                "languages": table["languages"],
                "topics": table["topics"],
                "starts": self.today - timedelta(days=30 * (24 - table["term_months_left"])),
                "ends": self.today + timedelta(days=30 * table["term_months_left"]),
            }
            if table.get("away_days"):
                term["away_until"] = self.today + timedelta(days=table["away_days"])
            made[table["last_name"]], _created = Ambassadorship.objects.get_or_create(
                person=person, region=region, defaults=term
            )
        for table in tables:
            ambassadorship = made[table["last_name"]]
            if table.get("stand_in"):
                ambassadorship.stand_in = made[table["stand_in"]]
                ambassadorship.save()
            name = content.person_name(table)
            portrait = picture("portrait", ambassadorship.slug, f"{name}: drawn portrait", self.collection)
            page = ambassadorship.appoint(by=self.staff, title=name, image=portrait)
            self.finish(publish(page, summary=table["summary"], body=body_of(table["body"])), table, region)

    def build_space(self, region, table):
        days = table.get("confirmed_days_ago")
        names = ("slug", "name", "kind", "address", "city", "country", "latitude", "longitude")
        names += ("capacity", "facilities", "step_free", "cost")
        facts = {name: table[name] for name in names} | dict.fromkeys(Space.DECLARATIONS, True)
        if "price" in table:
            facts |= {"price": Decimal(table["price"]), "currency": table["currency"]}
        if days is not None:
            facts["confirmed_at"] = facts["owner_confirmed_at"] = facts["kept_since"] = self.now - timedelta(days=days)
            facts["confirmed_as"] = Space.Voice.OWNER
        space = Space.objects.filter(slug=table["slug"]).first()
        if space is None:
            space = Space.objects.create(region=region, **facts)
            space.tags.set(table.get("tags", []))
            host = table["host"]
            if table is self.first_space:
                host = {**host, "email": people.host_account(region).email}
            SpaceHost.objects.create(space=space, **host)
            furnish(space, table, partial(picture, collection=self.collection))
        page = space.list(by=self.staff, summary=table["summary"], getting_in=table["getting_in"])
        if "award" in table and not space.awards.exists():
            Award(space=space, **table["award"], starts=self.today - timedelta(days=40)).grant(by=self.staff)
        drawn = picture("space", space.slug, f"{space.name}: the room", self.collection)
        self.finish(publish(page, body=body_of(table["body"]), image=drawn), table, region)
        return space

    def build_event(self, region, table, spaces):
        event = event_of(region, table, spaces, self.today)
        page = event.announce(by=self.staff, summary=table["summary"])
        self.finish(publish(page, body=body_of(table["body"])), table, region)
        promise_space(event)
        fill_seats(event)
        tell_outcome(event)
        if table.get("cancelled"):
            event.cancel(by=self.staff, reason="The ferry does not run in this wind.")

    def build_story(self, region, parent, table, number):
        story = ensure_page(
            parent,
            StoryPage,
            table["slug"],
            table["title"],
            summary=table["summary"],
            body=body_of(table["body"]),
            author=table["author"],
            date=self.today - timedelta(days=table["days_ago"]),
            image=picture("story", table["slug"], table["title"], self.collection, scene=number + region.pk),
        )
        if not story.tags.exists():
            story.tags.set(table.get("tags", []))
            publish(story)
        self.finish(story, table, region)

    def build_group(self, region, table):
        """An invented group beside the real ones, of which we do not claim to know how they are."""
        facts = {**table, "description_language": region.language, "confirmed_at": self.now - timedelta(days=20)}
        UserGroup.objects.get_or_create(region=region, name=facts.pop("name"), defaults=facts)

    def build_submission(self, region, table):
        """A space that somebody proposed: it waits for the region's ambassador, or not yet for its sender's answer."""
        if SpaceSubmission.objects.filter(name=table["name"]).exists():
            return
        facts = {name: value for name, value in table.items() if name != "confirmed"} | dict.fromkeys(Space.DECLARATIONS, True)
        submission = SpaceSubmission.objects.submit(SpaceSubmission(region=region, language=region.language, **facts))
        if table["confirmed"]:
            submission.confirm()
