from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.mail import deliver
from portal.models import OutgoingMail, Submission

KEPT = timedelta(days=30)


class Command(BaseCommand):
    """For cron: after a crash, or without a worker, this is who tries again."""

    help = "Deliver the mail that still waits; erase what was written in mail and remembered of forms 30 days ago."

    def handle(self, **options):
        due = list(OutgoingMail.objects.due().order_by("created_at").values_list("pk", flat=True))
        sent = sum(deliver.call(pk) for pk in due)
        waiting = OutgoingMail.objects.waiting().count()
        erased = OutgoingMail.objects.erase_delivered(before=timezone.now() - KEPT)
        Submission.objects.forget(before=timezone.now() - KEPT)
        self.stdout.write(f"{sent} delivered, {waiting} still waiting, {erased} erased.")
