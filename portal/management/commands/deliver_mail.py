from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.mail import deliver
from portal.models import OutgoingMail

KEPT = timedelta(days=30)


class Command(BaseCommand):
    """For cron: after a crash, or without a worker, this is who tries again."""

    help = "Deliver the mail that still waits, and erase what was written in mail older than 30 days."

    def handle(self, **options):
        due = list(OutgoingMail.objects.due().order_by("created_at").values_list("pk", flat=True))
        sent = sum(deliver.call(pk) for pk in due)
        waiting = OutgoingMail.objects.waiting().count()
        erased = OutgoingMail.objects.erase_delivered(before=timezone.now() - KEPT)
        self.stdout.write(f"{sent} delivered, {waiting} still waiting, {erased} erased.")
