"""The `centro` command: everything a center or a developer does from a terminal.

Each command says what it needs and what it does with `--help`. Exit code 0: done; 1: it could not be done or a
check found something; 2: the command was not understood; 78: the environment is wrong.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from json import JSONDecodeError
from pathlib import Path

from config import backup
from config.env import ROOT

Given = argparse.Namespace
WORDS = argparse.RawDescriptionHelpFormatter


def _demo(given: Given) -> int:
    from config import running

    return running.demo(port=given.port, fresh=given.fresh, scale=given.scale, https=given.https)


def _serve(given: Given) -> int:
    from config import running

    return running.serve(bind=given.bind, workers=given.workers)


def _worker(given: Given) -> int:
    from config import running

    return running.worker()


def _migrate(given: Given) -> int:
    from config import running

    return running.migrate()


def _create_center(given: Given) -> int:
    from config import center

    return center.create_center(name=given.name, officers=given.officer)


def _root_key(given: Given) -> int:
    from config import center, unlocking

    does = {"print": center.print_root_key, "type": center.type_root_key, "seal": unlocking.seal_root_key}
    return does[given.what]()


def _unlock(given: Given) -> int:
    from config import unlocking

    return unlocking.unlock()


def _lock(given: Given) -> int:
    from config import unlocking

    return unlocking.lock()


def _audit(given: Given) -> int:
    from config import center

    return center.verify_logs()


def _check(given: Given) -> int:
    from config import proof, running

    return running.check_deploy() if given.deploy else proof.run_check()


def _test(given: Given) -> int:
    from config import proof

    return proof.run_test(fast=given.fast, browser=given.browser, postgres=given.postgres)


def _bench(given: Given) -> int:
    from config import bench

    return bench.run(given.people, given.rounds, fresh=given.fresh)


def _messages(given: Given) -> int:
    from config import messages

    return messages.run(given.add, prune=given.prune, only_check=given.check)


def _from_one(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 on")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port: a whole number from 1 to 65535")
    return int(text)


class Door:
    """The commands, in the order of `centro --help`."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(prog="centro", description=__doc__, formatter_class=WORDS)
        self.commands = self.parser.add_subparsers(metavar="COMMAND", required=True, title="commands")

    def add(self, name: str, run: Callable[[Given], int], short: str, long: str = "") -> argparse.ArgumentParser:
        text = f"{short}\n\n{long}" if long else short
        command = self.commands.add_parser(name, help=short, description=text, formatter_class=WORDS)
        command.set_defaults(run=run)
        return command


def build() -> argparse.ArgumentParser:
    door = Door()
    _for_everybody(door)
    _for_a_center(door)
    _for_developers(door)
    return door.parser


def _for_everybody(door: Door) -> None:
    demo = door.add(
        "demo",
        _demo,
        "Try Centro: a fictional center on this computer.",
        "Prepares the data in instance/demo, starts the web server and the worker, prints the address.\n"
        "Sign in with one click as any role. Ctrl-C stops it; the next start finds everything as you left it.",
    )
    demo.add_argument("--port", type=_port, help="port to listen on (default: the first free one from 8000 on)")
    demo.add_argument("--fresh", action="store_true", help="throw the old demo away and begin anew")
    demo.add_argument("--https", action="store_true", help="let a phone in the same network try it too")
    demo.add_argument("--scale", type=_from_one, default=1, metavar="N", help="N times as many people (with --fresh)")


def _for_a_center(door: Door) -> None:
    create = door.add(
        "create-center",
        _create_center,
        "Set up a new center and its first two officers.",
        "Asks for what the flags do not say. Makes the root key and the database where there are none, and\n"
        "prints one link for each officer: it works once, for 24 hours, and is not shown again.",
    )
    create.add_argument("--name", default="", help="name of the center")
    create.add_argument(
        "--officer",
        action="append",
        default=[],
        metavar="'NAME, USER NAME, LANGUAGE'",
        help="one of the first two officers (give it twice); language is en, es or ko",
    )
    serve = door.add(
        "serve",
        _serve,
        "Run the web server of a center.",
        "Needs the settings of docs/running.md, a database that is up to date and a root key. Put nginx before it.",
    )
    serve.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS", help="HOST:PORT or unix:/path")
    serve.add_argument(
        "--workers", type=_from_one, default=2, metavar="N", help="processes of four threads (default 2)"
    )
    door.add(
        "worker",
        _worker,
        "Do the work in the background: mail, imports, reminders.",
        "Runs beside the web server, with the same settings. Asked to stop, it first ends the job in hand.",
    )
    door.add("migrate", _migrate, "Bring the database to this version.", "Safe to run again. Back up first.")
    make = door.add(
        "backup",
        backup.carry_out_backup,
        "Back this center up, sealed.",
        "First make an identity (--new-identity) and write it on paper: only paper opens a backup, not this machine.\n"
        "Then let a timer run --to FOLDER --if-changed every 15 minutes, and --to FOLDER --thin once a day.",
    )
    backup.arguments_of_backup(make)
    restore = door.add(
        "restore",
        backup.carry_out_restore,
        "Bring a center back from its backups.",
        "Opens, proves and only then replaces: seals, counts, logs, purges that the snapshot did not know of.\n"
        "Stop the web server and the worker first. What stood here before is kept beside it.",
    )
    backup.arguments_of_restore(restore)
    key = door.add(
        "root-key",
        _root_key,
        "The root key on paper: print it, or type it back in.",
        "The key in four lines with check characters. Whoever holds it and a copy of the data reads everything.",
    )
    key.add_argument(
        "what",
        choices=["print", "type", "seal"],
        help="print two kits; type one back where the key is lost; seal it by a passphrase (locked start)",
    )
    door.add("unlock", _unlock, "Open a center that starts locked, after a start of the machine: asks the passphrase.")
    door.add("lock", _lock, "Shut a center that starts locked, at once.")
    audit = door.add("audit", _audit, "Prove that nobody touched the logs.")
    audit.add_argument("what", choices=["verify"], help="walk both logs and name the first entry that was touched")


def _for_developers(door: Door) -> None:
    check = door.add("check", _check, "The fast proof: style, types, imports, templates, catalogues, house rules.")
    check.add_argument("--deploy", action="store_true", help="instead: is this installation fit for the internet?")
    test = door.add(
        "test",
        _test,
        "Everything that proves the program.",
        "Checks, tests on SQLite, the same tests on a private PostgreSQL, journeys in Chromium. What the machine\n"
        "lacks is installed where we may, else named and skipped; with CI=true nothing is skipped.",
    )
    only = test.add_mutually_exclusive_group()
    only.add_argument("--fast", action="store_true", help="checks and quick tests, on SQLite only")
    only.add_argument("--browser", action="store_true", help="only the journeys in Chromium")
    only.add_argument("--postgres", action="store_true", help="only the tests on PostgreSQL")
    bench = door.add(
        "bench",
        _bench,
        "How fast the pages of a large center are.",
        "Makes a fictional center of 100,000 people in instance/bench-… (some minutes, kept for the next run), visits\n"
        "each page many times and prints the usual time, the slow ones and the queries. Exit code 1: too slow.",
    )
    bench.add_argument(
        "--people", type=_from_one, default=100_000, metavar="N", help="how many people (default 100000)"
    )
    bench.add_argument("--rounds", type=_from_one, default=40, metavar="N", help="visits to each page (default 40)")
    bench.add_argument("--fresh", action="store_true", help="make the center anew")
    words = door.add("messages", _messages, "Collect, add and check translations.")
    words.add_argument("--add", type=Path, metavar="FILE", help='JSON: {"English": {"es": "…", "ko": "…"}}')
    words.add_argument("--prune", action="store_true", help="drop translations that the program no longer says")
    words.add_argument("--check", action="store_true", help="change nothing; exit code 1 when a word is missing")


def compile_catalogues() -> None:
    """Make the .mo files when a .po changed: a fresh clone has none."""
    for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
            from config import messages

            with messages.alone():
                messages.compile_all()


def main() -> int:
    given = build().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is also ended
    try:
        compile_catalogues()
        return int(given.run(given))
    except KeyboardInterrupt:
        print("centro: stopped.", file=sys.stderr)
        return 130
    except EOFError:
        print("\ncentro: stopped: the question was not answered.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our words went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if not (sentence := in_words(error)):
            raise
        print(f"centro: {sentence}.", file=sys.stderr)
        return 1


def in_words(error: Exception) -> str:
    """What somebody at the terminal can do something about; empty for a mistake of ours, which shows where it is."""
    from django.db import OperationalError

    from centro.core.vault.root import Locked

    if isinstance(error, OperationalError):
        return f"the database does not answer: {str(error).strip().splitlines()[0]}"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    if isinstance(error, JSONDecodeError):
        return f"this is not JSON: {error}"
    return str(error) if isinstance(error, Locked) else ""


if __name__ == "__main__":
    raise SystemExit(main())
