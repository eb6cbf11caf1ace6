"""The `centro` command: everything a center or a developer does from a terminal."""

import argparse
from pathlib import Path


def _messages(given: argparse.Namespace) -> int:
    from config import messages

    return messages.run(given.add, prune=given.prune, only_check=given.check)


def parser() -> argparse.ArgumentParser:
    door = argparse.ArgumentParser(prog="centro", description=__doc__)
    commands = door.add_subparsers(dest="command", metavar="COMMAND", required=True)
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
