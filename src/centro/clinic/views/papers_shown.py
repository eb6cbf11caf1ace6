"""What a page shows of a letter: both sides as they would be printed, what is missing, what may be done."""

from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from centro.clinic.actions.papers import NotReady
from centro.clinic.models import Letter, LetterState
from centro.clinic.papers import letters
from centro.clinic.papers.fields import field
from centro.clinic.queries import papers as known
from centro.clinic.queries.approvals import attorney_of


def shown(letter: Letter) -> dict[str, Any]:
    """Context of the page of a letter."""
    is_frozen = letter.state in {LetterState.ISSUED, LetterState.WAITING}
    now = known.frozen(letter) if is_frozen else known.read(letter)
    lacks = [] if is_frozen else known.missing(letter, now)
    needs = known.needs_approval(letter)
    is_stale = letter.state == LetterState.APPROVED and not lacks and not known.is_as_approved(letter, now)
    may_issue = letter.state == LetterState.APPROVED if needs else known.is_open(letter)
    return {
        "letter": letter,
        "title": known.title_of(letter),
        "sides": [side(letter, language, text, now[language]) for language, text in known.sides(letter)],
        "lacks": [field(name) for name in lacks],
        "lacks_words": labels(lacks),
        "is_open": known.is_open(letter),
        "is_worded": not known.is_bundle(letter),
        "needs_approval": needs,
        "attorney": attorney_of(letter.matter) if needs else None,
        "is_stale": is_stale,
        "is_wrong_form": known.is_wrong_form(letter, now),
        "can_ask": needs and not lacks and (known.is_open(letter) or is_stale),
        "can_issue": may_issue and not lacks and not is_stale,
        "documents": known.documents_of(letter),
        "is_reworded": known.is_reworded(letter),
    }


def side(letter: Letter, language: str, text: str, values: Any) -> dict[str, Any]:
    """One language of a letter as blocks for the page; a field that is not known shows its name in brackets."""
    if known.is_bundle(letter):
        with translation.override(language):
            blocks = _parts(values[known.BUNDLE])
    else:
        gaps = {name: _gap(name, language) for name in letters.missing(text, values)}
        blocks = letters.blocks(text, {**values, **gaps})
    return {"language": language, "title": known.title_of(letter, language), "blocks": blocks}


def _parts(bundle: Any) -> list[Any]:
    """The parts of a packet or hearing kit that are read on the page: the form, the sums, the evidence."""
    if bundle.get("is_wrong"):
        return []
    if "pages" in bundle:
        return _table({"title": _("What is filled in"), "columns": [_("Page"), _("Box"), _("Answer")], **bundle})
    if "form" not in bundle:
        return [*bundle.get("blocks", []), *_table(bundle.get("proofs"))]
    form, sums = bundle["form"], bundle["calculation"]
    items = [[item["name"], item["law"], item["total"]] for item in sums["items"]]
    return [
        {"kind": "par", "lines": [[[bundle["note"], True]]]},
        *_table({"title": sums["title"], "columns": [_("What"), _("Law"), _("Amount")], "rows": items}),
        {"kind": "table", "columns": [_("What"), _("Amount")], "rows": sums["totals"]},
        *_table(form),
        *_table(form["week"]),
        *_table(form["claims"]),
        *_table(form["penalties"]),
        *_table(bundle["proofs"]),
    ]


def _table(part: Any) -> list[Any]:
    """A part with its heading, if it has any rows."""
    if not part or not part["rows"]:
        return []
    return [{"kind": "heading", "lines": [[[part["title"], True]]]}, {"kind": "table", **part}]


def _gap(name: str, language: str) -> Any:
    label = f"[{field(name).label(language)}]"
    return {"columns": [label], "rows": [["—"]]} if field(name).kind == "table" else label


def labels(names: list[str]) -> list[dict[str, str]]:
    """Names of fields in the words of the user's language, with the code of those that somebody can write down."""
    language = get_language() or "en"
    rows = [field(name) for name in names]
    return [{"code": row.code if row.source != "program" else "", "words": row.label(language)} for row in rows]


def faults(reason: NotReady) -> str:
    """Why a paper cannot go on, in words."""
    if reason.code == "missing":
        names = ", ".join(row["words"] for row in labels(list(reason.names)))
        return _("This is missing or not confirmed: %(names)s") % {"names": names}
    if reason.code == "numbers":
        names = ", ".join(reason.names)
        return _("A number that must not be seen stands on exhibit %(names)s. Cover it under Evidence.") % {
            "names": names
        }
    words = {
        "wrong_form": _("The official form is not the file that was mapped. It needs a new map before it is filled."),
        "no_consent": _("The worker has not agreed to show the file to an attorney. Please ask first."),
        "no_attorney": _("No approving attorney stands behind this matter."),
        "changed": _("A fact changed after the attorney read this paper. Please ask again."),
    }
    return words.get(reason.code, _("Somebody else settled this paper meanwhile."))
