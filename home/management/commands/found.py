from django.core.management.base import BaseCommand

from home.founding import found_portal, open_languages


class Command(BaseCommand):
    help = "Makes the pages that a portal needs before its first region. What is there is left alone."

    def add_arguments(self, parser):
        parser.add_argument("--hostname", help="the portal's address, as readers type it")
        parser.add_argument("--port", type=int)

    def handle(self, *args, **options):
        home = found_portal(options["hostname"] or "localhost", options["port"] or 80)
        site = home.get_site()
        for name in ("hostname", "port"):
            setattr(site, name, options[name] or getattr(site, name))
        site.save()
        open_languages()
        self.stdout.write(f"The portal stands: {home.get_full_url()}")
