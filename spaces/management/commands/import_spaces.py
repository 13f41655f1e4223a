from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from portal.imports import REFUSED, ImportFailed, Problem
from regions.models import Region
from spaces.importers.formats import FORMATS, read
from spaces.importers.spaces import import_spaces

WIDTH = 40


class Command(BaseCommand):
    help = "Reads spaces out of files, and says of each row what became of it. All of it is written, or nothing."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=FORMATS, help="what they are; else the end of their names tells")
        parser.add_argument("--region", help="its address: all rows go there; else each goes into the region of its country")
        parser.add_argument("--source", help="where they come from, to find the same rows again; else the first file's name")
        parser.add_argument("--skip-refused", action="store_true", help="leave out rows that are refused, and write the others")
        parser.add_argument(
            "--another", action="append", type=int, default=[], metavar="ROW", help="a row that is not the place it looks like"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")

    def handle(self, *args, **options):
        source = (options["source"] or slugify(options["files"][0].stem) or "file")[:80]
        if options["another"] and len(options["files"]) > 1:
            raise CommandError("--another names rows of one file: import the files one by one.")
        chosen = self.region(options["region"])
        ways = {name: options[name] for name in ("dry_run", "skip_refused", "another")}
        try:
            tables = [self.table(path, options["format"]) for path in options["files"]]
            report = import_spaces(tables, source, chosen=chosen, watch=self.watch, **ways)
        except ImportFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(str(report))
        refused = report.counts[REFUSED]
        if refused and not options["skip_refused"]:
            raise CommandError(
                f"Nothing was imported: {refused} rows are refused. Correct them, or leave them out with --skip-refused."
            )
        if options["dry_run"]:
            # Beside the report, which is the same word for word in a real run.
            self.stderr.write("Dry run: nothing was written.")

    def region(self, slug):
        if slug is None:
            return None
        try:
            return Region.objects.open().get(slug=slug)
        except Region.DoesNotExist as error:
            raise CommandError(f"There is no open region with the address {slug}.") from error

    def table(self, path, kind):
        try:
            return read(path.name, path.read_bytes(), kind)
        except OSError as error:
            raise ImportFailed(Problem(f"{path} cannot be read: {error.strerror}")) from error
        except ImportFailed as failure:
            raise ImportFailed(*(Problem(f"{path}: {problem.message}") for problem in failure.problems)) from failure

    def watch(self, rows):
        """On a terminal, a bar that grows; in a file, nothing."""
        if not self.stderr.isatty() or not rows:
            yield from rows
            return
        for number, row in enumerate(rows, start=1):
            if number % 100 == 0 or number == len(rows):
                done = WIDTH * number // len(rows)
                self.stderr.write(f"\r[{'#' * done}{'.' * (WIDTH - done)}] {number} of {len(rows)} rows read", ending="")
            yield row
        self.stderr.write("")
