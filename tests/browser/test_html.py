"""html-validate reads the markup of every kind of page. Its rules: .htmlvalidate.json, reasons in README.md."""

import json
import subprocess
from pathlib import Path

import pytest

from .addresses import KINDS, LANGUAGES

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
VALIDATE = HERE / "node_modules" / ".bin" / "html-validate"


@pytest.fixture(scope="session")
def complaints(addresses, tmp_path_factory):
    """What the validator says about each page, in one call for all of them: {(language, kind): [complaint]}."""
    folder = tmp_path_factory.mktemp("html")
    pages = [(language, kind) for language in LANGUAGES for kind in KINDS]
    files = {folder / f"{number}.html": page for number, page in enumerate(pages)}
    for file, (language, kind) in files.items():
        file.write_text(addresses[language].html(addresses[language].of(kind)))
    reports_file = folder / "reports.json"  # through a pipe, node cuts long answers short
    command = [VALIDATE, "--config", HERE / ".htmlvalidate.json", "--formatter", "json", *map(str, files)]
    with reports_file.open("w") as told:
        subprocess.run(command, cwd=folder, stdout=told, check=False)  # noqa: S603
    reports = {files[Path(report["filePath"])]: report["messages"] for report in json.loads(reports_file.read_text())}
    return {page: [in_words(message) for message in reports.get(page, [])] for page in pages}


def in_words(message):
    return f"{message['line']}:{message['column']} {message['ruleId']}: {message['message']} ({message.get('selector')})"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_markup_is_sound(complaints, language, kind):
    assert not complaints[language, kind], "\n".join(complaints[language, kind])
