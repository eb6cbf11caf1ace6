"""The demo center: a fictional worker center, seeded and relative to today, so that no screen is empty.

Nobody in it exists. Phones are of the range kept for fiction; names, shops and streets are invented.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from django.conf import settings
from django.db import connection, transaction

from centro.core.models import User
from centro.web.demo import clinic, employers, organizing, people, staff, work

PEOPLE = 600
LINE_EVERY = 10_000
_SEED = 20_261_123


def load(scale: int = 1, *, say: Callable[[str], None] = lambda line: None) -> bool:
    """Fill an empty demo with the fictional center, its people `scale` times over.

    All or nothing; does nothing, and answers False, where a demo center already is. `say` gets a line for
    each long step. Refuses (`RuntimeError`) to run in a real center.
    """
    if not (settings.DEMO or settings.TESTING):
        raise RuntimeError("the demo center is loaded in demo mode only")
    if User.objects.filter(is_demo=True).exists():
        return False
    rng = Random(_SEED)  # noqa: S311  (names to look at, not secrets)
    with transaction.atomic(), _nothing_collected():
        crew = staff.load(rng)
        shops = employers.load(rng, scale)
        maker = people.Maker(rng, crew, shops, total=PEOPLE * scale)
        for batch in maker.batches():
            batch.save()
            if maker.made // LINE_EVERY > (maker.made - len(batch.people)) // LINE_EVERY:
                say(f"{maker.made:,} of {maker.total:,} people")
        say(f"{maker.made:,} people, {len(shops):,} workplaces, {len(crew.users)} staff")
        work.load(rng, crew, batch.people)
        say(f"{clinic.load(rng, crew, scale):,} cases")
        say(f"{organizing.load(Random(_SEED + 1), crew):,} visits, calls and talks")  # noqa: S311
        _count_rows()
    return True


def _count_rows() -> None:
    """PostgreSQL plans by what it last counted, and would take these tables for empty until it counts again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze")


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Python looks through all rows again and again for circles: a fifth of the work, to free next to none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
