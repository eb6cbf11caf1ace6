"""How long a list of 10,000 people takes to come in, duplicates looked for: at most 60 s (issue 2, part 3).

Run by hand: `python tests/bench/imports.py`. Makes a demo center in a temporary folder and prints seconds by the clock.
"""

import csv
import io
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS, LIMIT, TWICE = 10_000, 60, 500


def a_list() -> bytes:
    """Ten thousand people as a spreadsheet gives them; the last five hundred stand in it a second time."""
    rng = random.Random(2)
    rows = [
        [
            f"{rng.choice(('Ana', 'Luis', 'Rosa', 'José'))} {number}",
            rng.choice(("García", "Cruz", "Park")),
            f"213{rng.randrange(10**7):07}",
            "Spanish",
            f"Shop {rng.randrange(50)}",
        ]
        for number in range(ROWS - TWICE)
    ]
    file = io.StringIO()
    csv.writer(file).writerows([["First name", "Last name", "Phone", "Language", "Workplace"], *rows, *rows[-TWICE:]])
    return file.getvalue().encode()


def bring_in() -> dict[str, int]:
    """Upload, columns, dry run, and everybody added who is not there already."""
    from centro.core import access
    from centro.core.classes import Role
    from centro.core.models import User
    from centro.core.policy import Actor
    from centro.core.vault import keyring
    from centro.people import imports, queries, tables

    steward = Actor(user_id=User.objects.get(username="steward").pk, role=Role.STEWARD)
    with access.viewing(steward), keyring.held_for_request():
        batch = imports.bring_in(by=steward, name="list.csv", table=tables.read("list.csv", a_list()))
        batch = queries.get_import(steward, batch.pk)
        imports.choose_columns(by=steward, batch=batch, fields=batch.columns)
        imports.check_batch(by=steward, batch=batch)
        imports.start_adding(by=steward, batch=queries.get_import(steward, batch.pk), adds_alike=False)
        imports.add_batch(by=steward, batch=queries.get_import(steward, batch.pk))
        return imports.counts(batch)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="centro-bench-") as folder:
        os.environ["CENTRO_DATA"] = folder
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        from config import running

        running.start_django("demo")
        running.make_root_key()
        running.bring_up_to_date()
        from centro.web import demo

        demo.load()
        began, busy = time.perf_counter(), time.process_time()
        counts = bring_in()
        took, worked = time.perf_counter() - began, time.process_time() - busy
    print(f"{ROWS:,} rows in {took:.1f} s ({worked:.1f} s of work, limit {LIMIT}): {counts}")
    return 0 if took <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
