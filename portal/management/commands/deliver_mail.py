import sys
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.mail import attempt
from portal.models import OutgoingMail

NOBODY_ANSWERS = 3  # so many in a row that met no mail server: the others would meet none either, and need not spend a try


class Command(BaseCommand):
    """For cron: after a crash, or without a worker, this is who tries again."""

    help = "Deliver the mail that still waits; or say how it goes (--status), and fail when mail is late."

    def add_arguments(self, parser):
        parser.add_argument("--status", action="store_true", help="deliver nothing; say what waits and what failed")
        parser.add_argument("--late-after", type=int, default=30, metavar="MINUTES", help="when waiting mail is late (30)")

    def handle(self, **options):
        if options["status"]:
            self.tell(timedelta(minutes=options["late_after"]))
        else:
            self.deliver()

    def deliver(self):
        sent = unanswered = 0
        for pk in list(OutgoingMail.objects.due().order_by("created_at").values_list("pk", flat=True)):
            mail = attempt(pk)
            sent += bool(mail and mail.sent_at)
            unanswered = unanswered + 1 if mail and mail.met_no_server else 0
            if unanswered == NOBODY_ANSWERS:
                self.stderr.write("The mail server does not take anything; the rest waits.")
                break
        self.stdout.write(f"{sent} delivered, {OutgoingMail.objects.waiting().count()} still waiting.")

    def tell(self, patience):
        """A number for each thing to watch. The exit code is 1 when something should have gone long ago."""
        now = timezone.now()
        waiting = OutgoingMail.objects.waiting()
        oldest = OutgoingMail.objects.due().order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()
        late = int((now - oldest).total_seconds() // 60) if oldest else 0
        numbers = {
            "waiting": waiting.count(),
            "due": OutgoingMail.objects.due().count(),
            "failed_before": waiting.filter(attempts__gt=0, claimed_at=None).count(),
            "needs_somebody": OutgoingMail.objects.needing_somebody().count(),
            "sent_last_hour": OutgoingMail.objects.filter(sent_at__gte=now - timedelta(hours=1)).count(),
            "minutes_late": late,
        }
        self.stdout.write("\n".join(f"{name} {number}" for name, number in numbers.items()))
        if oldest and now - oldest > patience:
            sys.exit(1)
