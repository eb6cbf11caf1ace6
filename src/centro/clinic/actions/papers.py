"""Letters: drafted, worded, approved where an attorney has to, issued in two languages and frozen."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.actions.cases import join_team
from centro.clinic.actions.hours import keep_claim
from centro.clinic.models import ApprovingAttorney, Case, Letter, LetterState, Matter
from centro.clinic.models.papers import OPEN_STATES
from centro.clinic.papers import letters, official
from centro.clinic.papers.binding import bind
from centro.clinic.queries import bundles
from centro.clinic.queries import papers as queries
from centro.clinic.queries.approvals import attorney_of
from centro.clinic.queries.evidence import bound, showing_numbers
from centro.clinic.queries.facts import language_of
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.documents.actions import issue_document
from centro.core.models import Document
from centro.core.policy import Actor, Refused
from centro.people import queries as people
from centro.people.choices import Purpose
from centro.people.versions import Conflict

KEPT_FOR = {"wage_packet": "packet", "demand": "demand"}


class NotReady(Exception):
    """A paper cannot go on. `code` says why; `names`: the fields that are missing, or exhibits with numbers."""

    def __init__(self, code: str, names: Sequence[str] = ()) -> None:
        self.code, self.names = code, tuple(names)
        super().__init__(code)


@transaction.atomic
def draft_letter(*, by: Actor, case: Case, kind: str, matter: Matter | None) -> Letter:
    """Begin a letter: the words of the lawyers, in English and in the worker's language. `Refused` if not offered."""
    if kind not in letters.every_kind() or not queries.may_write(letters.kind_of(kind), matter):
        raise Refused("letter")
    language = language_of(case)
    english, mirror = letters.template(kind, "en"), letters.template(kind, language)
    is_worded = not letters.kind_of(kind).is_bundle
    letter = Letter(
        case=case,
        matter=matter,
        kind=kind,
        language=language,
        text_version=english.version,
        body=english.body_markdown if is_worded else "",
        mirror=mirror.body_markdown if is_worded and language != "en" else "",
        written_by_id=by.user_id,
    )
    letter.save()
    _record("letter.drafted", by, letter)
    return letter


@transaction.atomic
def edit_letter(*, by: Actor, letter: Letter, version: int, body: str, mirror: str) -> bool:
    """Word a letter anew, while nobody has to approve it at this moment. `Conflict` when somebody else saved first."""
    if str(letter.body) == body and str(letter.mirror) == mirror:
        return False
    if queries.is_bundle(letter):
        raise Refused("letter")
    rows = Letter.objects.filter(pk=letter.pk, version=version, state__in=OPEN_STATES)
    if not rows.update(version=version + 1, state=LetterState.DRAFT):
        raise Conflict(letter)
    letter.body, letter.mirror, letter.version, letter.state = body, mirror, version + 1, LetterState.DRAFT
    letter.save(update_fields=["body", "mirror"])
    _record("letter.edited", by, letter)
    return True


@transaction.atomic
def ask_attorney(*, by: Actor, letter: Letter) -> None:
    """Put a letter before the attorney of its matter, with all that it says at this moment. `NotReady` if it cannot."""
    attorney = attorney_of(letter.matter)
    if attorney is None:
        raise NotReady("no_attorney")
    if not people.has_consent(letter.case.person, Purpose.ATTORNEY):
        raise NotReady("no_consent")
    _keep_claim(by, letter)
    now = _complete(letter)
    states = (*OPEN_STATES, LetterState.APPROVED)
    if not Letter.objects.filter(pk=letter.pk, state__in=states).update(
        state=LetterState.WAITING, asked_at=clock.now(), decided_by=None, decided_at=None, version=letter.version + 1
    ):
        raise NotReady("settled")
    letter.filled, letter.reason, letter.version = json.dumps(now, ensure_ascii=False), "", letter.version + 1
    letter.save(update_fields=["filled", "reason"])
    join_team(by=by, case=letter.case, user=attorney.user)
    _record("letter.asked", by, letter)


@transaction.atomic
def approve_letter(*, by: Actor, letter: Letter, attorney: ApprovingAttorney) -> bool:
    """The attorney read it and approves. False when it was settled before."""
    if not _decide(letter, LetterState.APPROVED, attorney):
        return False
    _record("letter.approved", by, letter)
    return True


@transaction.atomic
def return_letter(*, by: Actor, letter: Letter, attorney: ApprovingAttorney, reason: str) -> bool:
    """The attorney sends it back and says why; whoever wrote it finds it among their tasks."""
    if not _decide(letter, LetterState.RETURNED, attorney):
        return False
    letter.reason = reason
    letter.save(update_fields=["reason"])
    if letter.written_by is not None:
        with translation.override(letter.written_by.language):
            what = _("The attorney returned a paper in case %(number)s.") % {"number": letter.case.number}
        core.add_task(by=by, owner=letter.written_by, what=what, due_on=clock.today(), about=letter.case)
    _record("letter.returned", by, letter)
    return True


def _decide(letter: Letter, state: LetterState, attorney: ApprovingAttorney) -> bool:
    values = {"state": state, "decided_by": attorney, "decided_at": clock.now(), "version": letter.version + 1}
    if not Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING, version=letter.version).update(**values):
        return False
    letter.state, letter.version = state, letter.version + 1
    return True


@transaction.atomic
def issue_letter(*, by: Actor, letter: Letter) -> list[Document]:
    """Print the letter and its mirror, and freeze both. `NotReady` when something is missing or was not approved."""
    if queries.is_open(letter):
        _keep_claim(by, letter)
    now = _complete(letter)
    ready = (LetterState.APPROVED,) if queries.needs_approval(letter) else OPEN_STATES
    if letter.state == LetterState.APPROVED and not queries.is_as_approved(letter, now):
        raise NotReady("changed")
    issued = {"state": LetterState.ISSUED, "issued_at": clock.now(), "version": letter.version + 1}
    if not Letter.objects.filter(pk=letter.pk, state__in=ready, version=letter.version).update(**issued):
        raise NotReady("settled")
    papers = [_print(by, letter, language, text, now[language]) for language, text in queries.sides(letter)]
    letter.state, letter.document, letter.mirror_document = LetterState.ISSUED, papers[0], ([*papers, None])[1]
    letter.filled, letter.version = json.dumps(now, ensure_ascii=False), letter.version + 1
    letter.save(update_fields=["document", "mirror_document", "filled"])
    _record("letter.issued", by, letter)
    return papers


def _print(by: Actor, letter: Letter, language: str, text: str, values: Any) -> Document:
    worded = {} if queries.is_bundle(letter) else {"blocks": letters.blocks(text, values), "note": _note(language)}
    data = worded or values[queries.BUNDLE]
    return issue_document(
        by=by,
        kind=official.DOCUMENT if letter.kind in official.forms() else f"letter_{letter.kind}",
        about=letter.case,
        language=language,
        data=data,
        person=letter.case.person_id,
        bind=_binder(by, letter) if not worded and language == "en" else None,
    )


def _binder(by: Actor, letter: Letter) -> Callable[[bytes], bytes]:
    """An official form is laid under its words; else the exhibits go in, behind their stamps or at the end."""
    if (form := official.forms().get(letter.kind)) is not None:
        return lambda words: official.fill(form, words)
    exhibits = bound(by, letter.case, letter.matter)
    return lambda paper: bind(paper, exhibits, behind_stamps=letter.kind == "hearing_kit")


def _keep_claim(by: Actor, letter: Letter) -> None:
    """A paper that names the claim rests on one that is kept as of today."""
    if "claim_total" in {*bundles.NEEDED.get(letter.kind, ()), *letters.fields_in(str(letter.body))}:
        keep_claim(by=by, case=letter.case, why=KEPT_FOR.get(letter.kind, "letter"))


def _note(language: str) -> str:
    """What stands over a mirror: which paper is the one that counts."""
    if language == "en":
        return ""
    with translation.override(language):
        return _("This copy is for you. It says the same as the English paper, which is the one that is sent.")


def _complete(letter: Letter) -> queries.Reading:
    now = queries.read(letter)
    if unknown := queries.missing(letter, now):
        raise NotReady("missing", unknown)
    if queries.is_wrong_form(letter, now):
        raise NotReady("wrong_form")
    if queries.binds_exhibits(letter) and (letters_of := showing_numbers(letter.case, letter.matter)):
        raise NotReady("numbers", letters_of)
    return now


def _record(kind: str, by: Actor, letter: Letter) -> None:
    record_event(kind, by=by, about=letter, person=letter.case.person_id, codes=[letter.kind])
