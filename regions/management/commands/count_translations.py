from django.core.management.base import BaseCommand

from regions.translating.counting import count_all


class Command(BaseCommand):
    """The board counts itself; this is for after an import past the portal, or a restored backup."""

    help = "Counts anew how far every page is in every language."

    def handle(self, *args, **options):
        self.stdout.write(f"{count_all()} fields of the board.")
