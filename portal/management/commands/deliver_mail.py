from django.core.management.base import BaseCommand

from portal.mail import deliver
from portal.models import OutgoingMail


class Command(BaseCommand):
    """For cron: after a crash, or without a worker, this is who tries again."""

    help = "Deliver the mail that still waits."

    def handle(self, **options):
        due = list(OutgoingMail.objects.due().order_by("created_at").values_list("pk", flat=True))
        sent = sum(deliver.call(pk) for pk in due)
        waiting = OutgoingMail.objects.waiting().count()
        self.stdout.write(f"{sent} delivered, {waiting} still waiting.")
