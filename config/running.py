"""Running Centro: the demo, the web server, the worker, and what each needs to be ready first."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import FrameType

from config.env import ROOT

DEMO_FILES = ("centro.sqlite3*", "keyring.sqlite3*", "root.key", "secret.key", "blobs", "demo.crt", "demo.key")
PATIENCE = 20.0  # seconds to wait for a child to answer or to end


class Stop(SystemExit):
    """The command cannot go on: one sentence on standard error, exit code 1."""

    def __init__(self, sentence: str) -> None:
        print(f"centro: {sentence}", file=sys.stderr)
        super().__init__(1)


def say(line: str) -> None:
    print(line, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line for a long step: its name at once, the seconds it took at its end."""
    print(f"  {name} …", end="", flush=True)
    since = time.monotonic()
    yield
    print(f" {time.monotonic() - since:.1f} s", flush=True)


def start_django(mode: str | None = None) -> None:
    """Load settings and apps; `mode` is set for commands that belong to one."""
    if mode:
        os.environ["CENTRO_MODE"] = mode
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


# --- making ready ------------------------------------------------------------------------------------------------


def bring_up_to_date() -> None:
    """Tables and cache table of the database as this version wants them."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def make_root_key() -> bool:
    """Make the root key where there is none; True when it was made just now."""
    from django.conf import settings

    from centro.core.vault import root

    if settings.ROOT_KEY_FILE.exists() or settings.SEALED_ROOT_KEY.exists():
        return False
    root.make(settings.ROOT_KEY_FILE)
    return True


def collect_static() -> None:
    """Stylesheets, scripts and fonts, compressed and named by content; skipped when none has changed."""
    from django.conf import settings

    settings.STATIC_ROOT.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with settings.STATIC_ROOT.with_name("static.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two centers of one clone may start at the same moment
        _collect_changed()


def _collect_changed() -> None:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    facts = "\n".join(sorted(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in found))
    mark, now = settings.STATIC_ROOT.with_name("static.collected"), sha256(facts.encode()).hexdigest()
    if settings.STATIC_ROOT.is_dir() and mark.is_file() and mark.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)


# --- the demo ----------------------------------------------------------------------------------------------------


def demo(*, port: int | None, fresh: bool, scale: int, https: bool = False) -> int:
    """Prepare the fictional center, then run web server and worker until Ctrl-C."""
    address = open_to_the_network() if https else ""
    start_django("demo")
    from django.conf import settings

    with only_one(settings.DATA / "running.lock"):
        port = free_port(port)
        say("Centro demo: a fictional center. Nobody in it exists.")
        prepare_demo(settings.DATA, fresh=fresh, scale=scale)
        server = gunicorn(bind=f"127.0.0.1:{port}", workers=1)
        if address:
            server += [*("--bind", f"{address}:{port}"), *encrypted(settings.DATA, address)]
        worker = [sys.executable, "-m", "config.door", "worker"]
        return run_together([server, worker], lambda: welcome(port, address))


def open_to_the_network() -> str:
    """Let the demo answer to this machine's address too; returns it. Set before the settings are read."""
    from config import certificate

    address = certificate.own_address()
    if not address:
        raise Stop("this machine is in no network that a phone could share.")
    os.environ["CENTRO_DEMO_ADDRESS"] = address
    return address


def encrypted(data: Path, address: str) -> list[str]:
    """What tells the web server to encrypt, with a certificate made a moment ago."""
    from config import certificate

    public, secret = certificate.make(data, address)
    return ["--certfile", str(public), "--keyfile", str(secret)]


def prepare_demo(data: Path, *, fresh: bool, scale: int) -> None:
    from django.db import connection

    if fresh:
        with step("removing the old demo"):
            connection.close()
            forget(data)
    with step("database"):
        make_root_key()
        bring_up_to_date()
    with step("people, workplaces, staff"):
        from centro.web import demo as center

        is_new = center.load(scale)
        connection.close()
    if scale > 1 and not is_new:
        say(f"  A demo is here already and stays as it is; for {scale} times as many people add --fresh.")
    with step("stylesheets and fonts"):
        collect_static()


def forget(data: Path) -> None:
    """Remove what a demo keeps in its folder, and nothing else."""
    for pattern in DEMO_FILES:
        for path in data.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def welcome(port: int, address: str = "") -> None:
    where = f"https://{address}:{port}" if address else f"http://localhost:{port}"
    say(f"\nReady: {where}\nSign in with one click as any role. Ctrl-C stops it.")
    if address:
        say(
            "Everybody in this network can open it. Each browser warns once, because nobody vouches for a certificate\n"
            "that was made a moment ago; passkeys and lists on phones need the real name of a real center."
        )


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the data folder; a second demo in the same folder is told so."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop("a demo is already running from this folder.") from None
        yield


def free_port(wanted: int | None) -> int:
    """The port asked for, or the first free one from 8000 on."""
    for port in [wanted] if wanted else range(8000, 8020):
        with socket.socket() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                line.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Stop(f"port {wanted} is taken; choose another with --port." if wanted else "ports 8000 to 8019 are taken.")


# --- processes ---------------------------------------------------------------------------------------------------


def gunicorn(*, bind: str, workers: int, log: str = "warning") -> list[str]:
    """The command line of the web server: threads share the name index, so few processes with four threads each."""
    beat = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
        *("--bind", bind, "--workers", str(workers), "--threads", "4", "--worker-class", "gthread"),
        *("--log-level", log, "--graceful-timeout", "10", "--no-control-socket", *beat),
    ]


def run_together(commands: list[list[str]], when_ready: Callable[[], None]) -> int:
    """Run commands side by side until Ctrl-C or a signal, or until one of them ends by itself (exit code 1)."""
    asked_to_stop: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked_to_stop.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    children = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in commands]
    try:
        if answers(children[0], commands[0]):
            when_ready()
        while not asked_to_stop and all(child.poll() is None for child in children):
            time.sleep(0.1)
    finally:
        end(children)
    if not asked_to_stop:
        raise Stop("the web server or the worker stopped by itself; its last words stand above.")
    say("Stopped.")
    return 0


def answers(child: subprocess.Popen[bytes], command: list[str]) -> bool:
    """Wait until the web server takes connections; False when it ended before."""
    host, port = command[command.index("--bind") + 1].rsplit(":", 1)
    deadline = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < deadline:
        with socket.socket() as line:
            if line.connect_ex((host, int(port))) == 0:
                return True
        time.sleep(0.05)
    return False


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to finish what it is doing; who does not within the time is ended."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


# --- a real center -----------------------------------------------------------------------------------------------


def serve(*, bind: str, workers: int) -> int:
    """Run the web server of a real center; replaces this process."""
    start_django()
    refuse_unless_ready()
    collect_static()
    command = gunicorn(bind=bind, workers=workers, log="info")
    os.execv(command[0], command)


def refuse_unless_ready() -> None:
    """Stop with a sentence when the settings are not those of a real center, or it is not set up."""
    from django.conf import settings

    if not settings.SECURE:
        raise Stop("“serve” is for a real center: unset CENTRO_MODE, or use “centro demo”.")
    if not settings.ALLOWED_HOSTS:
        raise Stop("set ALLOWED_HOSTS to the exact name of this site, for example centro.example.org.")
    refuse_unless_set_up()


def refuse_unless_set_up() -> None:
    """Stop with a sentence when there is no root key, or the database is of another version."""
    from django.conf import settings
    from django.core.management import call_command

    if not (settings.ROOT_KEY_FILE.is_file() or settings.SEALED_ROOT_KEY.is_file()):
        raise Stop(f"there is no root key at {settings.ROOT_KEY_FILE}. A new center: run “centro create-center” first.")
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        raise Stop("the database is of an older version: run “centro migrate” first.") from None


def worker() -> int:
    """Do what the web server left to do: mail, imports, reminders. Ends when asked to, after the job in hand."""
    start_django()
    from django.conf import settings

    if settings.SECURE:  # a demo was made ready a moment ago
        refuse_unless_set_up()
    from centro.core.worker import AlreadyRunning, work_until_asked_to_stop

    try:
        work_until_asked_to_stop()
    except AlreadyRunning:
        raise Stop("a worker of this center is already running.") from None
    return 0


def migrate() -> int:
    """Bring the database to this version; safe to run again."""
    start_django()
    bring_up_to_date()
    say("The database is up to date.")
    return 0


def check_deploy() -> int:
    """What stands between this installation and the internet, as far as a program can see it."""
    start_django()
    from django.core.management import CommandError, call_command

    try:
        call_command("check", deploy=True, fail_level="WARNING")
    except CommandError as words:
        print(words, file=sys.stderr)
        return 1
    return 0
