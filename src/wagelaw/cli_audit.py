"""`wagelaw audit SHIFTS --out OUT [--payments FILE] [--terms FILE] …`: the rules of a claim over millions of shifts."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wagelaw.arguments import Parser
from wagelaw.audit.words import words
from wagelaw.cli import chosen_language

if TYPE_CHECKING:
    from wagelaw.audit import Audit

WIDTH = 30


def run(argv: Sequence[str]) -> int:
    """0; 2 with one line a problem where the audit cannot be made."""
    asked = _arguments(argv)
    say = words(asked.lang)
    problem = next((path for path in _inputs(asked) if not path.is_file()), None)
    if problem is not None:
        return _refuse(say["no_file"].format(path=problem))
    return _audit(asked, say)


def _audit(asked: argparse.Namespace, say: dict[str, str]) -> int:
    import pyarrow as pa

    from wagelaw.audit import BadOption, MissingColumns, Options, audit_files
    from wagelaw.parameters import SizeNeeded

    bar = Bar(say["progress"], sys.stderr.isatty() and not asked.quiet)
    try:
        options = Options(
            asked.place,
            asked.worker_class,
            asked.industry,
            asked.headcount,
            asked.workweek_start,
            threads=asked.threads,
        )
        done = audit_files(asked.shifts, asked.out, asked.payments, asked.terms, options, bar.show, asked.lang)
    except MissingColumns as error:
        return _refuse(say["no_column"].format(table=error.table, columns=", ".join(error.columns)))
    except SizeNeeded:
        return _refuse(say["size_needed"])
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        return _refuse(say["not_a_table"].format(path=asked.shifts, why=str(error).splitlines()[0]))
    except BadOption as error:
        return _refuse(say["bad_option"].format(name=error.name, found=error.found, known=", ".join(error.known)))
    except OSError as error:
        return _refuse(say["cannot_write"].format(path=error.filename or asked.out, why=error.strerror))
    finally:
        bar.clear()
    _report(done, say)
    return 0


def _inputs(asked: argparse.Namespace) -> list[Path]:
    return [path for path in (asked.shifts, asked.payments, asked.terms) if path is not None]


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return 2


def _report(done: Audit, say: dict[str, str]) -> None:
    print(say["done"].format(rows=done.rows, workers=done.workers, weeks=done.weeks))
    if done.rows_aside:
        print(say["aside"].format(count=done.rows_aside, file=done.files["set_aside"]))
    for path in done.files.values():
        print(say["wrote"].format(file=path))


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    language = chosen_language(argv)
    say = words(language)
    parser = Parser("wagelaw audit", language, f"{say['usage']} {say['left_out']}")
    parser.add_argument("shifts", type=Path, metavar="SHIFTS", help=say["help_shifts"])
    parser.add_argument("--payments", type=Path, metavar="FILE", help=say["help_payments"])
    parser.add_argument("--terms", type=Path, metavar="FILE", help=say["help_terms"])
    parser.add_argument("--out", type=Path, metavar="FILE", required=True, help=say["help_out"])
    parser.add_argument("--place", default="US-CA", help=say["help_place"])
    parser.add_argument("--worker-class", default="general", help=say["help_worker_class"])
    parser.add_argument("--industry", help=say["help_industry"])
    parser.add_argument("--headcount", type=int, help=say["help_headcount"])
    parser.add_argument("--workweek-start", default="sunday", help=say["help_workweek_start"])
    parser.add_argument("--threads", type=int, default=1, help=say["help_threads"])
    parser.add_argument("--quiet", action="store_true", help=say["help_quiet"])
    return parser.parse_args(argv)


class Bar:
    """A line on the terminal that tells how far the audit has come."""

    def __init__(self, text: str, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.text, self.shown, self.clock = text, shown, clock
        self._last = float("-inf")

    def show(self, done: int, whole: int) -> None:
        """Draws the line, at most ten times a second."""
        if not self.shown or (self.clock() - self._last < 0.1 and done < whole):
            return
        self._last = self.clock()
        share = done / whole if whole else 1.0
        bar = "█" * round(WIDTH * share) + "·" * (WIDTH - round(WIDTH * share))
        line = self.text.format(share=f"{100 * share:.0f}%", bar=bar, done=f"{done:,}", whole=f"{whole:,}")
        print(f"\r{line}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Takes the line away."""
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
