"""The invented clinic: sixty cases (`many`), six to the end (`stories`), a night (`nights`), a door (`intakes`)."""

from random import Random

from centro.clinic import CLINIC
from centro.core.classes import Relation
from centro.web.demo.clinic import intakes, many, nights, stories
from centro.web.demo.staff import Staff, put_on

CASES, CASES_AT_SCALE = 54, 120
_WORK_HERE = ("manager", "counsellor", "counsellor_2", "attorney", "front_desk", "director_2")


def load(rng: Random, staff: Staff, scale: int) -> int:
    """Save the clinic's staff and its cases, `scale` times over. Returns how many cases."""
    put_on(staff, _WORK_HERE, "program", CLINIC, Relation.PROGRAM)
    made = many.load(rng, staff, CASES if scale == 1 else CASES_AT_SCALE * scale)
    made += stories.load(staff)
    nights.load(staff)
    intakes.load(staff)
    return made
