from django.core.management.base import BaseCommand

from spaces.models import Pin


class Command(BaseCommand):
    help = "Makes the pins and sums of the map anew. Needed only after rows were written past the portal, by SQL or in bulk."

    def handle(self, *args, **options):
        Pin.objects.rebuild()
        self.stdout.write(f"{Pin.objects.count()} pins.")
