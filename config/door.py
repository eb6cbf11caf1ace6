"""The `centro` command: everything a center or a developer does from a terminal."""

import argparse
from pathlib import Path


def _messages(given: argparse.Namespace) -> int:
    from config import messages

    return messages.run(given.add, prune=given.prune, only_check=given.check)


def _check(given: argparse.Namespace) -> int:
    from config import proof

    return proof.run_check()


def _test(given: argparse.Namespace) -> int:
    from config import proof

    return proof.run_test(fast=given.fast, browser=given.browser, postgres=given.postgres)


def parser() -> argparse.ArgumentParser:
    door = argparse.ArgumentParser(prog="centro", description=__doc__)
    commands = door.add_subparsers(dest="command", metavar="COMMAND", required=True)
    checks = commands.add_parser("check", help="style, types, imports, templates, catalogues, house rules")
    checks.set_defaults(run=_check)
    proof = commands.add_parser("test", help="everything that proves the program")
    proof.add_argument("--fast", action="store_true", help="checks and quick tests, on SQLite")
    proof.add_argument("--browser", action="store_true", help="only the journeys in Chromium")
    proof.add_argument("--postgres", action="store_true", help="only the tests on PostgreSQL")
    proof.set_defaults(run=_test)
    words = commands.add_parser("messages", help="collect, add and check translations")
    words.add_argument("--add", type=Path, metavar="FILE", help='JSON: {"English": {"es": "…", "ko": "…"}}')
    words.add_argument("--prune", action="store_true", help="drop what the program no longer says")
    words.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when something is missing"
    )
    words.set_defaults(run=_messages)
    return door


def main() -> int:
    given = parser().parse_args()
    return int(given.run(given))


if __name__ == "__main__":
    raise SystemExit(main())
