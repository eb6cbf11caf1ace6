"""Answering a legal demand: one attorney proposes what is handed over, a second person releases it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.clinic.models import LegalDemand, Production
from centro.clinic.models.productions import ProductionState
from centro.clinic.queries import productions as reads
from centro.core import clock
from centro.core.audit import record_event
from centro.core.documents.actions import issue_document
from centro.core.models import Document
from centro.core.policy import Actor

LANGUAGE = "en"  # courts and agencies read English


class SamePerson(Exception):
    """Whoever proposed a production cannot release it."""


@transaction.atomic
def propose(
    *, by: Actor, demand: LegalDemand, case: Any, kinds: Sequence[str], from_on: date | None, to_on: date | None
) -> Production:
    """These kinds, of these days, are to be handed over. Nothing leaves before somebody else looked at it."""
    row = Production.objects.create(
        case=case, demand=demand, kinds=list(kinds), from_on=from_on, to_on=to_on, proposed_by_id=by.me
    )
    record_event("production.proposed", by=by, about=row, person=case.person_id, codes=kinds)
    return row


@transaction.atomic
def release(*, by: Actor, production: Production) -> Document | None:
    """The second yes: the production is printed and frozen with its privilege log. None when it was settled before."""
    if production.proposed_by_id == by.user_id:
        raise SamePerson
    now = {"state": ProductionState.RELEASED, "released_by_id": by.user_id, "released_at": clock.now()}
    waiting = Production.objects.filter(pk=production.pk, state=ProductionState.PROPOSED)
    if not waiting.exclude(proposed_by_id=by.user_id).update(**now):
        return None
    with translation.override(LANGUAGE):
        data = _data(by, production)
    case = production.case
    document = issue_document(
        by=by, kind=reads.PRODUCTION, about=case, language=LANGUAGE, data=data, person=case.person_id
    )
    Production.objects.filter(pk=production.pk).update(document=document)
    record_event("production.released", by=by, about=production, person=case.person_id, codes=production.kinds)
    return document


@transaction.atomic
def withdraw(*, by: Actor, production: Production) -> bool:
    """It is not handed over after all. False when it was released or withdrawn before."""
    waiting = Production.objects.filter(pk=production.pk, state=ProductionState.PROPOSED)
    is_done = waiting.update(state=ProductionState.WITHDRAWN) == 1
    if is_done:
        record_event("production.withdrawn", by=by, about=production, person=production.case.person_id)
    return is_done


def _data(by: Actor, production: Production) -> dict[str, Any]:
    answer = reads.answer_of(by, production)
    return {
        "head": [[_("Case"), production.case.number], [_("Days"), _days(production)]],
        "items": {
            "title": _("Handed over"),
            "columns": [_("Number"), _("What"), _("When"), _("By"), _("Content or hash")],
            "rows": [
                [f"P-{number:04d}", str(item.kind), _moment(item.at), item.who, item.words]
                for number, item in enumerate(answer.items, start=1)
            ],
        },
        "withheld": {
            "title": _("Privilege log: kept back"),
            "columns": [_("Number"), _("What"), _("When"), _("By"), _("Why")],
            "rows": [
                [
                    f"W-{number:04d}",
                    str(row.kind),
                    _moment(row.at),
                    row.who,
                    _("Attorney–client privilege, work product"),
                ]
                for number, row in enumerate(answer.withheld, start=1)
            ],
        },
        "nothing": _("Nothing."),
    }


def _days(production: Production) -> str:
    first, last = (
        formats.date_format(day, "DATE_FORMAT") if day else "…" for day in (production.from_on, production.to_on)
    )
    return f"{first} – {last}"


def _moment(at: Any) -> str:
    return formats.date_format(timezone.localtime(at), "DATE_FORMAT")
