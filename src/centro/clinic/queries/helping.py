"""What somebody sees who helps with one intake or at one night: how to call the person, the rest only after a tap."""

from collections.abc import Iterable
from typing import Any

from centro.clinic.intake.answers import Answers
from centro.clinic.intake.questions import Screen
from centro.clinic.models import Appointment, Intake
from centro.clinic.models.night import VisitState
from centro.core import policy
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.core.vault.fields import mask_all_but

# What tells who somebody is or how to reach them, and how much of it shows before the tap.
HIDDEN = {"whole_name": "", "phone": "phone", "email": "email", "backup_name": "", "backup_phone": "phone"}
EXPECTED = (VisitState.BOOKED, VisitState.ARRIVED, VisitState.WITH_COUNSELLOR)


def is_helper(intake: Intake) -> bool:
    """Whether the actor for whom this intake was fetched only helps with it for a shift."""
    return policy.relation_to(intake) == Relation.ASSIGNED


def as_helper_sees(intake: Intake, answers: Answers) -> Answers:
    """The answers with names and numbers hidden, for a helper; as they are for everybody else."""
    if not is_helper(intake):
        return answers
    told = {name: mask for name, mask in HIDDEN.items() if answers.text(name)}
    return answers.with_({name: mask_all_but(mask, answers.text(name)) for name, mask in told.items()})


def hides(intake: Intake, answers: Answers, page: Screen) -> bool:
    """Whether this screen holds something that a helper must tap for."""
    return is_helper(intake) and any(answers.text(one.id) for one in page.questions if one.id in HIDDEN)


def phones_of_shift(actor: Actor, rows: Iterable[Appointment]) -> dict[Any, list[Any]]:
    """The numbers of people who are expected or here, by appointment: hidden until tapped, for who helps tonight."""
    if not policy.may(actor, "appointment.reveal"):
        return {}
    shown = [row for row in rows if row.person is not None and row.state in EXPECTED]
    return {row.pk: list(policy.opens_all(row.person, Relation.ASSIGNED).phones.all()) for row in shown}
