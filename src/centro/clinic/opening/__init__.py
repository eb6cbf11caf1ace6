"""What the clinic tells the rest of the house at start, one file for each part of it.

Each part says what its events are called on the timeline of a person, which pages a case has, which papers it prints,
what follows when two files are merged, and what a purge destroys, keeps for now, or leaves without a name.
"""

from centro.clinic.opening import cases, hours, intake, matters, money, night, walls
from centro.clinic.papers.opening import open_papers


def open_all() -> None:
    """Called once, when Django has loaded every module."""
    for part in (cases, intake, matters, hours, money, night, walls):
        part.open_up()
    open_papers()
