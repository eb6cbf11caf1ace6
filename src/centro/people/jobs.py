"""What the people module does by itself: purges that are due, merges that can no longer be undone."""

from datetime import timedelta

from centro.core.jobs import Period
from centro.core.policy import system
from centro.people import merge, purge


def purge_due() -> int:
    return purge.carry_out_due_purges(by=system("purge"))


PERIODS = (
    Period("people.purges", timedelta(hours=1), purge_due),
    Period("people.merges", timedelta(hours=6), merge.finish_old_merges),
)
