"""Letters and packets of a case: which may be written, what is missing in them, what they say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.choices import AdviceTopic, AttorneyStatus, ClockState
from centro.clinic.models import Case, Fact, Letter, Matter
from centro.clinic.models.papers import OPEN_STATES
from centro.clinic.papers import claimed, letters, official
from centro.clinic.papers.fields import LANGUAGES, field, written
from centro.clinic.queries import bundles
from centro.clinic.queries.approvals import attorney_of
from centro.clinic.queries.cases import get_case
from centro.clinic.queries.facts import facts_of, language_of, values_of
from centro.clinic.queries.matters import is_named_on, shown_matters, without_hidden
from centro.core import clock, content, policy
from centro.core.models import Document
from centro.core.policy import Actor, Refused
from centro.core.queries import get_center
from wagelaw import clocks

# Lab. Code 226(c), 1198.5: days that an employer has after a request (domain/clinic.md section 4, read).
PAYROLL_DAYS, PERSONNEL_DAYS = 21, 30
Reading = Mapping[str, Mapping[str, Any]]
BUNDLE = "bundle"  # where a reading holds the data of a packet or hearing kit
MOVING = ("today", "payroll_by", "personnel_by", "deadlines")  # they may differ on the day of issue


@dataclass(frozen=True)
class Offer:
    """A kind of letter that may be written now, in a matter or for the case as a whole."""

    kind: letters.Kind
    title: str
    told: str
    matter: Matter | None


def offers(actor: Actor, case: Case) -> list[Offer]:
    """What may be written in this case: per open matter what its route uses, and what every case may need.

    Where no attorney stands behind a matter, whatever applies the law to facts is absent.
    """
    language, found = language_of(case), []
    open_matters = [row for row in shown_matters(actor, case) if row.closed_at is None]
    for matter in open_matters:
        kinds = [kind for kind in letters.every_kind().values() if matter.route in kind.routes]
        found += [_offer(kind, matter, language) for kind in kinds if may_write(kind, matter)]
    alone = open_matters[0] if len(open_matters) == 1 else None
    general = [kind for kind in letters.kinds().values() if not kind.routes]
    return found + [_offer(kind, alone, language) for kind in general]


def may_write(kind: letters.Kind, matter: Matter | None) -> bool:
    """Whether this kind of letter exists here at all."""
    has_attorney = matter is not None and matter.attorney_status != AttorneyStatus.NONE
    serves = not kind.routes or (matter is not None and matter.route in kind.routes)
    return serves and (has_attorney or not kind.needs_attorney)


def _offer(kind: letters.Kind, matter: Matter | None, language: str) -> Offer:
    title, told = (letters.template(kind.code, one).title for one in (page_language(), language))
    return Offer(kind, title, told if told != title else "", matter)


def page_language() -> str:
    """The language of the page that is being made, where our texts exist in it."""
    spoken = translation.get_language() or "en"
    return spoken if spoken in LANGUAGES else "en"


def advice_sheets(actor: Actor, case: Case) -> list[dict[str, str]]:
    """The sheets that may be handed over, in the worker's language: those of open matters the actor sees, or all."""
    chosen = [row.topic for row in shown_matters(actor, case) if row.closed_at is None and row.topic]
    topics = [topic.value for topic in AdviceTopic if topic in chosen or not chosen]
    return [{"topic": topic, "title": content.text("advice", topic, language_of(case)).title} for topic in topics]


def letters_of(actor: Actor, case: Case) -> list[Letter]:
    """The papers of a case that a query fetched for the actor, the newest first; none of a matter hidden from them."""
    rows = list(without_hidden(actor, case.letters.select_related("matter", "written_by", "decided_by__user")))
    for row in rows:
        row.case = case
    return rows


def get_letter(actor: Actor, letter: UUID, verb: str = "see") -> Letter:
    """A letter and its case, for those who may do this to the case."""
    row = Letter.objects.filter(pk=letter).select_related("matter", "written_by", "decided_by").first()
    if row is None:
        raise Refused(f"case.{verb}")
    row.case = get_case(actor, row.case_id, verb)
    if row.matter is not None:
        row.matter.case = row.case
        if row.matter.is_restricted and not is_named_on(actor, row.matter):
            raise Refused(f"case.{verb}")
    return row


def title_of(letter: Letter, language: str = "") -> str:
    """What a paper is called, in a language or in that of the page."""
    return letters.template(letter.kind, language or page_language()).title


def needs_approval(letter: Letter) -> bool:
    """Whether an attorney has to read it before it leaves: what applies the law, and packets where there is one."""
    has_attorney = letter.matter is not None and letter.matter.attorney_status != AttorneyStatus.NONE
    return letters.kind_of(letter.kind).needs_attorney or (letter.kind == "wage_packet" and has_attorney)


def is_bundle(letter: Letter) -> bool:
    """Whether it is put together from many parts instead of being worded."""
    return letters.kind_of(letter.kind).is_bundle


def binds_exhibits(letter: Letter) -> bool:
    """Whether the clean copies of the evidence are bound into it."""
    return letter.kind in letters.BUNDLES


def is_open(letter: Letter) -> bool:
    """Whether its wording may be changed."""
    return letter.state in OPEN_STATES


def read(letter: Letter) -> Reading:
    """What every field holds now, written for print, by language. Facts only as far as they are confirmed."""
    facts, claim = facts_of(letter.case), bundles.claim_of(letter.case)
    return {language: _values(letter, language, facts, claim) for language, _text in sides(letter)}


def _values(letter: Letter, language: str, facts: dict[str, Fact], claim: bundles.Claimed | None) -> dict[str, Any]:
    given = _program_values(letter.case, letter.matter, language)
    if claim is not None:
        given |= claimed.letter_values(claim.claim, language)
    known = {code: _written(code, value, language) for code, value in given.items() if value not in (None, "")}
    bundle = {BUNDLE: bundles.content_of(letter, facts, claim, language)} if is_bundle(letter) else {}
    return {**values_of(facts, language), **known, **bundle}


def _written(code: str, value: Any, language: str) -> Any:
    kind = field(code).kind
    return value if kind == "table" else written(kind, value, language)


def _program_values(case: Case, matter: Matter | None, language: str) -> dict[str, Any]:
    center, today = get_center(), clock.today()
    owner = (matter.owner if matter else None) or case.owner
    attorney = attorney_of(matter)
    return {
        "today": today,
        "payroll_by": today + timedelta(days=PAYROLL_DAYS),
        "personnel_by": today + timedelta(days=PERSONNEL_DAYS),
        "center_name": center.name,
        "center_phone": center.phone,
        "counsellor_name": (policy.opens_all(owner).name or owner.username) if owner else "",
        "matter_name": _matter_name(case, matter, language),
        "deadlines": deadlines(case, matter, language),
        "attorney_name": attorney.name if attorney else "",
        "attorney_bar": attorney.bar_number if attorney else "",
        **_plan_values(case, matter, language),
    }


def _plan_values(case: Case, matter: Matter | None, language: str) -> dict[str, Any]:
    """The newest payment plan that stands, of this matter or of the case: its parts and their sum."""
    plans = case.payment_plans.filter(Q(matter=matter) | Q(matter=None), ended_at=None)
    plan = plans.prefetch_related("installments").first()
    return claimed.plan_values(plan.installments.all(), language) if plan else {}


def _matter_name(case: Case, matter: Matter | None, language: str) -> str:
    """What it is about: the matter, or all that are open in the case and known to the whole team."""
    rows = [matter] if matter else case.matters.filter(closed_at__isnull=True, is_restricted=False)
    with translation.override(language):
        return ", ".join(str(row.get_route_display()) for row in rows)


def deadlines(case: Case, matter: Matter | None, language: str) -> dict[str, Any]:
    """The days that still run in a case: earliest day, what for, and where. Each rule once, with its earliest day.

    A letter is read by the whole team, so it names no day of a restricted matter but of the one it is written in.
    """
    live = case.clocks.exclude(state__in=(ClockState.MET, ClockState.MISSED)).filter(on__gte=clock.today())
    live = live.filter(Q(matter=None) | Q(matter__is_restricted=False) | Q(matter=matter))
    days: dict[str, Any] = {}
    for row in live.order_by("on"):
        days.setdefault(row.rule, row.on)
    with translation.override(language):
        columns = [_("Not later than"), _("What for"), _("Where")]
    rows = []
    for rule, day in days.items():
        words = clocks.described(rule, language)
        if words["whose"] == "worker":
            rows.append([written("day", day, language), words["what"], words["body_name"]])
    return {"columns": columns, "rows": rows} if rows else _no_deadlines(columns, language)


def _no_deadlines(columns: list[str], language: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            "columns": columns,
            "rows": [["—", _("We know of no such day from what you told us. Ask anyway."), "—"]],
        }


def frozen(letter: Letter) -> Reading:
    """The values by language as they stood when an attorney was asked."""
    found: Reading = json.loads(letter.filled) if letter.filled else {}
    return found


def sides(letter: Letter) -> list[tuple[str, str]]:
    """(language, Markdown) of the English letter, and of its mirror where the worker reads another language."""
    both = [("en", str(letter.body))]
    if letters.kind_of(letter.kind).folder == official.FOLDER:
        return both
    return [*both, (letter.language, str(letter.mirror))] if letter.language != "en" else both


def missing(letter: Letter, now: Reading) -> list[str]:
    """Fields that this letter needs and nobody wrote down, or the worker did not confirm."""
    if is_bundle(letter):
        return bundles.lacks(letter.kind, now["en"])
    found = [name for language, text in sides(letter) for name in letters.missing(text, now[language])]
    return list(dict.fromkeys(found))


def is_wrong_form(letter: Letter, now: Reading) -> bool:
    """Whether the official PDF that the center supplied is not the one that was mapped."""
    return bool(now["en"].get(BUNDLE, {}).get("is_wrong"))


def is_as_approved(letter: Letter, now: Reading) -> bool:
    """Whether all that the letter says is what the attorney read, except the days counted from today."""
    then = frozen(letter)
    for language, text in sides(letter):
        names = [BUNDLE] if is_bundle(letter) else [name for name in letters.fields_in(text) if name not in MOVING]
        if any(now[language].get(name, "") != then.get(language, {}).get(name, "") for name in names):
            return False
    return True


def documents_of(letter: Letter) -> list[Document]:
    """The frozen papers of a letter: the English one, then its mirror."""
    pks = [pk for pk in (letter.document_id, letter.mirror_document_id) if pk]
    rows = {row.pk: row for row in Document.objects.filter(pk__in=pks)}
    return [rows[pk] for pk in pks if pk in rows]


def template_text(letter: Letter, language: str) -> str:
    """What the lawyers wrote for this kind of letter; nothing for a bundle, which nobody words."""
    return "" if is_bundle(letter) else letters.template(letter.kind, language).body_markdown


def is_reworded(letter: Letter) -> bool:
    """Whether somebody changed the wording."""
    return any(text.strip() != template_text(letter, language) for language, text in sides(letter))


def matter_in(actor: Actor, case: Case, pk: str) -> Matter | None:
    """The open matter of this case with this id, as a form sent it; None for none. `Refused` for another case's."""
    if not pk:
        return None
    found = [row for row in shown_matters(actor, case) if str(row.pk) == pk and row.closed_at is None]
    if not found:
        raise Refused("matter")
    return found[0]
