"""What must be true before a matter moves: asked of the database here, named in the tables of `routes/`.

A guard is *met*, or the person at the screen can *tell* it (a tick on the form, which is kept with the move), or it is
*shut*, with words about what to do first. Where no attorney is on a matter, moves that need one are not offered at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import AttorneyStatus, CaseState
from centro.clinic.models import Case, Fact, Letter, LetterState, Matter
from centro.clinic.routes import Guard, Move, papers
from centro.core.policy import Actor
from centro.people import queries as people
from centro.people.choices import Purpose

PAST_CONFLICT = frozenset(
    {CaseState.CLEARED, CaseState.INTERVIEW, CaseState.ASSESSED, CaseState.INFO_ONLY}
    | {CaseState.BRIEF_HELP, CaseState.FULL}
)
APPROVED = (LetterState.APPROVED, LetterState.ISSUED)


@dataclass(frozen=True)
class Standing:
    """How one guard stands: met; or to be told by a tick with these words; or shut, and what to do first."""

    guard: Guard
    is_met: bool
    can_be_told: bool = False
    words: str | Promise = ""

    @property
    def is_shut(self) -> bool:
        return not self.is_met and not self.can_be_told


def is_offered(matter: Matter | None, move: Move) -> bool:
    """Whether the move exists for this matter at all: without an attorney, what needs one is absent."""
    if Guard.ATTORNEY_APPROVAL not in move.guards:
        return True
    return matter is not None and matter.attorney_status != AttorneyStatus.NONE


def notes_for_attorney(actor: Actor, move: Move) -> bool:
    """Whether this actor does not do it, and may only note that the matter's attorney did."""
    return actor.role in move.noted_by - move.roles


def is_theirs(actor: Actor, move: Move) -> bool:
    """Whether this actor may note the move: as their own, or as their attorney's."""
    return actor.role in move.roles or notes_for_attorney(actor, move)


def standings(actor: Actor, case: Case, matter: Matter | None, move: Move) -> list[Standing]:
    """How each guard of a move stands now, in the order of the table. What an attorney did needs no approval more."""
    is_done = notes_for_attorney(actor, move)
    asked = [guard for guard in move.guards if not (is_done and guard is Guard.ATTORNEY_APPROVAL)]
    return [_STANDS[guard](actor, case, matter, move) for guard in asked]


def _conflict(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    is_met = case.state in PAST_CONFLICT or case.moves.filter(matter=None, to_state=CaseState.CLEARED).exists()
    words = _("First check whether anybody on the other side is ours.")
    return Standing(Guard.CONFLICT_CLEARED, is_met, words=words)


def _keep(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    is_met = people.has_consent(case.person, Purpose.KEEP_FILE)
    return Standing(Guard.CONSENT_KEEP, is_met, words=_("First ask the worker whether we may keep a file."))


def _contact(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    person = case.person
    is_met = bool(person.phones.exists() or person.emails.exists() or person.safe_contact)
    return Standing(Guard.SAFE_CONTACT, is_met, words=_("First note a safe way to reach the worker."))


def _employer(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    words = _("The worker has not said that we may contact the employer.")
    return Standing(Guard.EMPLOYER_CONTACT_OK, case.contact_employer_ok, words=words)


def _attorney(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    """The attorney of the matter does it; or an attorney approved the letter that the move is about."""
    is_theirs = matter is not None and matter.attorney_id is not None and matter.attorney_id == actor.user_id
    kinds = [papers()[code]["letter"] for code in move.papers if "letter" in papers()[code]]
    is_approved = bool(
        matter is not None
        and kinds
        and Letter.objects.filter(matter=matter, kind__in=kinds, state__in=APPROVED, decided_at__isnull=False).exists()
    )
    words = _("The attorney of this matter has to approve it first.")
    return Standing(Guard.ATTORNEY_APPROVAL, is_theirs or is_approved, words=words)


def _confirmed(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    facts = Fact.objects.filter(case=case)
    if facts.filter(confirmed_at__isnull=True).exists():
        words = _("Facts of this case wait for the worker’s yes.")
        return Standing(Guard.WORKER_CONFIRMED, is_met=False, words=words)
    words = _("The worker confirmed each fact, in their own language")
    return Standing(Guard.WORKER_CONFIRMED, facts.exists(), can_be_told=True, words=words)


def _told(actor: Actor, case: Case, matter: Matter | None, move: Move) -> Standing:
    words = _("The worker has been told, in writing and in their language, which deadlines run")
    return Standing(Guard.DEADLINES_TOLD, is_met=False, can_be_told=True, words=words)


_STANDS: dict[Guard, Callable[[Actor, Case, Matter | None, Move], Standing]] = {
    Guard.CONFLICT_CLEARED: _conflict,
    Guard.CONSENT_KEEP: _keep,
    Guard.SAFE_CONTACT: _contact,
    Guard.EMPLOYER_CONTACT_OK: _employer,
    Guard.ATTORNEY_APPROVAL: _attorney,
    Guard.WORKER_CONFIRMED: _confirmed,
    Guard.DEADLINES_TOLD: _told,
}
