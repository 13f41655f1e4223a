import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from home.models import HomePage


class Command(BaseCommand):
    help = "Brings the demo up: database, translations, static files, content. What is there is left alone."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="do not print addresses and accounts")

    def handle(self, *args, **options):
        call_command("compile_messages")
        self.migrate()
        self.collect_static()
        if not HomePage.objects.exists():
            self.say("Building the demo portal (about a minute)")
            call_command("demo", stdout=self.stdout)
        if not options["quiet"]:
            self.print_addresses()

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def migrate(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Creating the database")
            call_command("migrate", verbosity=0)

    def collect_static(self):
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        sources = [path.stat().st_mtime for path in Path(settings.BASE_DIR, "static").rglob("*") if path.is_file()]
        sources.append(Path(settings.BASE_DIR, "requirements", "base.txt").stat().st_mtime)
        if not manifest.exists() or manifest.stat().st_mtime < max(sources):
            self.say("Collecting static files")
            call_command("collectstatic", interactive=False, verbosity=0)

    def print_addresses(self):
        base = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
        self.say(f"\n  Portolan  {base}/\n  workplace {base}/admin/\n  mails     {base}/demo/mail/\n")
        call_command("demo", accounts=True, stdout=self.stdout)
        self.say("\nStop it with Ctrl+C.")
