from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.imports import ImportFailed, read_json
from regions.importers.communities import import_communities


class Command(BaseCommand):
    help = "Reads the OSM community index into user groups, and says of each row what became of it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the index, as JSON")
        parser.add_argument("--regions", help="only these, by their addresses: kenya,taiwan")
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")

    def handle(self, *args, **options):
        regions = [slug.strip() for slug in options["regions"].split(",")] if options["regions"] is not None else None
        try:
            report = import_communities(read_json(options["file"]), regions, options["dry_run"])
        except ImportFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(str(report))
        if options["dry_run"]:
            # Beside the report, which is the same word for word in a real run.
            self.stderr.write("Dry run: nothing was written.")
