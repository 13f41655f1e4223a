import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import content, people
from home.demo.building import Builder
from home.demo.scaling import multiply
from home.models import HomePage


class Command(BaseCommand):
    help = "Builds the demo: seven regions with people, spaces, events and stories, in five languages."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a portal already")
        parser.add_argument(
            "--scale", type=int, default=1, metavar="N", help="N times the regions, spaces, events and stories, in bulk"
        )
        parser.add_argument("--messages", action="store_true", help="bring home/demo/translations/*.po up to date and stop")
        parser.add_argument("--accounts", action="store_true", help="print the demo's accounts and stop")

    def handle(self, *args, **options):
        if options["messages"]:
            return self.update_messages()
        if not settings.PORTAL_DEMO:
            raise CommandError(
                "The demo has accounts whose password everybody knows: DJANGO_SETTINGS_MODULE=portal.settings.demo"
            )
        if options["accounts"]:
            return self.print_accounts()
        if options["if_empty"] and HomePage.objects.exists():
            return self.stdout.write("The demo is there already.")
        begun = time.monotonic()
        Builder(say=self.say).build()
        if options["scale"] > 1:
            multiply(options["scale"], say=self.say)
        return self.stdout.write(f"The demo stands, after {time.monotonic() - begun:.0f} s.")

    def say(self, words):
        self.stdout.write(f"  {words} ...")
        self.stdout.flush()

    def update_messages(self):
        for code, _name in settings.LANGUAGES:
            strings, missing = content.update_catalogue(code)
            self.stdout.write(f"{code}: {strings} strings, {missing} without a translation")

    def print_accounts(self):
        self.stdout.write(f"Accounts, all with the password {people.PASSWORD}:")
        for email in people.addresses():
            self.stdout.write(f"  {email}")
