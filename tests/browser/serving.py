"""A demo portal of the suite's own: built once, kept as long as its ingredients are the same, served as `make run` does."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "var" / "browser"
BUILT = PLACE / "built"
# What the demo's database is made of. Static files are none of it: `prepare` collects those anew by itself.
INGREDIENTS = ["home/demo/**/*", "home/founding.py", "*/migrations/*.py", "*/models/*.py", "*/permissions.py"]
AS_MAKE_RUN = ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]


def recipe():
    """A digest of the ingredients and of the week, because the demo's dates are relative to the day it was built."""
    digest = hashlib.sha256("-".join(map(str, date.today().isocalendar()[:2])).encode())
    for path in sorted({path for pattern in INGREDIENTS for path in ROOT.glob(pattern)}):
        if path.is_file() and path.suffix not in (".pyc", ".mo"):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def environment(var_dir):
    """The demo's settings and folder; services that the caller's shell may name are not for this portal."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "BASE_URL")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "portal.settings.demo", "VAR_DIR": str(var_dir)}


def build():
    """Bring the suite's portal up to date; a minute when its ingredients have changed, else two seconds."""
    PLACE.mkdir(parents=True, exist_ok=True)
    digest_file = BUILT / "recipe"
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = recipe()
        if BUILT.exists() and (not digest_file.exists() or digest_file.read_text() != wanted):
            shutil.rmtree(BUILT)
        command = [sys.executable, "manage.py", "prepare", "--quiet"]
        subprocess.run(command, cwd=ROOT, env=environment(BUILT), check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        digest_file.write_text(wanted)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served_portal():
    """The address of a running portal. It is a copy, so what one run of the suite writes, the next one does not find."""
    build()
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=PLACE))
    shutil.copytree(BUILT, folder, dirs_exist_ok=True)
    log_file = folder / "server.log"
    try:
        with log_file.open("w") as log, gunicorn(folder, log) as url:
            yield url
        broken = log_file.read_text()
        if "Traceback" in broken:
            raise AssertionError(f"The server had errors:\n{broken}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def gunicorn(folder, log):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", *AS_MAKE_RUN]
    surroundings = {**environment(folder), "BASE_URL": url}
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603
    try:
        wait_for(f"{url}/readyz", server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url, server, seconds=60):
    """Until the address answers with 200, or the server has given up."""
    last_moment = time.monotonic() + seconds
    while time.monotonic() < last_moment and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The server does not answer at {url}.")
