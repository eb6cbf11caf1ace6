"""The collection sheet: what is owed, from which paper, and where the money may be. Feeds the agency's asset form."""

from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.clinic.models import AssetFact, Case, CollectionStep
from centro.clinic.models.money import AssetKind
from centro.clinic.queries import money as reads
from centro.core.documents.actions import issue_document
from centro.core.documents.kinds import Kind, register_kind
from centro.core.models import Document
from centro.core.money import dollars
from centro.core.policy import Actor

LANGUAGES = ("en", "es", "ko")
KIND = "collection_sheet"


def register() -> None:
    """Called once at start."""
    register_kind(Kind(KIND, template=KIND, text=KIND))


def print_sheet(*, by: Actor, case: Case, language: str) -> Document:
    """Issue the sheet in one language, frozen as it is. `case` comes from `get_case`."""
    with translation.override(language):
        data = _data(by, case, language)
    return issue_document(by=by, kind=KIND, about=case, language=language, data=data, person=case.person_id)


def _data(by: Actor, case: Case, language: str) -> dict[str, Any]:
    found = reads.money_of(by, case, language)
    return {
        "head": [[label, value] for label, value in _head(case) if value],
        "sums": {
            "title": _("The money"),
            "rows": [
                [_("Claimed"), dollars(found.sums.claimed)],
                [_("Awarded or agreed"), dollars(found.sums.awarded)],
                [_("Collected"), dollars(found.sums.collected)],
                [_("Still owed"), dollars(found.sums.owed)],
            ],
        },
        "steps": {
            "title": _("What was decided and done"),
            "columns": [_("Day"), _("Step"), _("Amount"), _("Number")],
            "rows": [_step(step) for step in found.steps],
        },
        "assets": {
            "title": _("Where the money may be"),
            "columns": [_("What"), _("What the worker knows"), _("Last seen")],
            "rows": [_asset(asset) for asset in found.assets],
        },
        "nothing": _("Nothing is noted yet."),
        "ask": {"title": _("Ask the worker again"), "rows": [str(kind.label) for kind in _not_asked(found.assets)]},
    }


def _head(case: Case) -> list[tuple[str, str]]:
    workplace = case.workplace
    return [
        (_("Case"), case.number),
        (_("Worker"), case.person.name),
        (_("Employer, as the worker says it"), case.employer_name),
        (_("Name on the sign"), workplace.name if workplace else ""),
        (_("Name on the checks"), workplace.name_on_checks if workplace else ""),
        (
            _("Street"),
            ", ".join(p for p in (workplace.street, workplace.city, workplace.zip) if p) if workplace else "",
        ),
    ]


def _step(step: CollectionStep) -> list[str]:
    amount = dollars(step.cents) if step.cents is not None else ""
    return [formats.date_format(step.on, "DATE_FORMAT"), str(step.get_kind_display()), amount, step.reference]


def _asset(asset: AssetFact) -> list[str]:
    seen = formats.date_format(asset.seen_on, "DATE_FORMAT") if asset.seen_on else ""
    return [str(asset.get_kind_display()), asset.words, seen]


def _not_asked(assets: list[AssetFact]) -> list[AssetKind]:
    """Kinds nobody noted anything of; “something else” is no question."""
    known = {asset.kind for asset in assets}
    return [kind for kind in AssetKind if kind not in known and kind is not AssetKind.OTHER]
