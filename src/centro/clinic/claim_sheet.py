"""The claim on paper: hours, pay and what is owed, headed “information, not legal advice”, in one language."""

from datetime import date
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.clinic import hours_sheet
from centro.clinic import hours_words as words
from centro.clinic.actions import hours as actions
from centro.clinic.models import Case, ClaimVersion
from centro.clinic.queries import hours as told
from centro.core.documents.actions import issue_document
from centro.core.documents.kinds import Kind, register_kind
from centro.core.models import Document
from centro.core.money import dollars
from centro.core.policy import Actor

KIND = "claim_sheet"


def register() -> None:
    """Called once at start."""
    register_kind(Kind(KIND, template=KIND, text=KIND))


def print_claim(*, by: Actor, case: Case, language: str) -> Document | None:
    """Keep the claim as of today and issue its sheet. None where the facts cannot be computed."""
    claim = actions.keep_claim(by=by, case=case, why="sheet")
    if claim is None:
        return None
    with translation.override(language):
        data = _data(case, claim, language)
    return issue_document(by=by, kind=KIND, about=case, language=language, data=data, person=case.person_id)


def _data(case: Case, claim: ClaimVersion, language: str) -> dict[str, Any]:
    result, calendar = told.result_of(claim), told.hours_of(case).calendar
    day = formats.date_format(claim.computed_on, "DATE_FORMAT")
    return {
        "head": [
            [_("Case"), case.number],
            [_("Worker"), case.person.name],
            [_("Employer, as the worker says it"), case.employer_name],
            [_("Computed on"), day],
            [_("Version of the law tables"), claim.law_version],
            [_("Claim"), _("Version %(number)s") % {"number": claim.number}],
        ],
        "sections": [
            {
                "title": _("Hours as told"),
                "rows": [[words.days_text(week.first, week.last), words.week_text(week)] for week in calendar.weeks],
            },
            {"title": _("Days that were different"), "rows": _days(calendar)},
            {
                "title": _("Pay as told"),
                "rows": [[words.days_text(term.first, term.last), words.term_text(term)] for term in calendar.pay],
            },
            {
                "title": _("Payments that are known"),
                "rows": [[words.day_text(one.paid_on), dollars(one.amount)] for one in calendar.payments],
            },
            {"title": _("What is certain"), "rows": [[_when(one.on), one.words] for one in calendar.anchors]},
            {
                "title": _("What is owed"),
                "rows": [
                    [hours_sheet.item_name(code, language), dollars(cents)] for code, cents, _b in result["items"]
                ],
            },
        ],
        "total": [_("Total"), dollars(claim.total_cents)],
        "lost": _lost(claim),
    }


def _days(calendar: Any) -> list[list[str]]:
    return [[words.day_text(day), hours_sheet.day_words(calendar, day)] for day in sorted(calendar.days)][:60]


def _when(day: date | None) -> str:
    return words.day_text(day) if day else ""


def _lost(claim: ClaimVersion) -> str:
    if not claim.barred_cents:
        return ""
    return _("%(amount)s more is too old to be claimed there.") % {"amount": dollars(claim.barred_cents)}
