from django.core.management.base import BaseCommand

from regions.models import MemoryKey


class Command(BaseCommand):
    help = "Makes what was translated before findable, where translations came in past the workplace. Harmless again."

    def handle(self, **options):
        count = MemoryKey.objects.remember_all()
        self.stdout.write(f"{count} strings were added to the translation memory.")
