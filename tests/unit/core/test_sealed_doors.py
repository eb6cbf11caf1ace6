"""The few places that may open sealed words without asking who looks."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[3] / "src" / "centro"
# What may be called, and where, each with its reason.
MAY_OPEN_COLUMNS = {
    "core/vault/fields.py": "its home",
    "people/search.py": "the index of names, shown to nobody before visible_to()",
    "people/queries/work.py": "the owner whose name was just typed",
    "people/migrations/0008_share_buildings.py": "addresses, each sealed again under the key of its building",
    "clinic/queries/conflicts.py": "the conflict check, which says only that something was found",
}
MAY_ACT_AS_PROGRAM = {
    "core/policy.py": "its home",
    "people/search.py": "the index of workplaces",
    "people/merge.py": "sealing rows anew under the kept key",
    "people/messages.py": "the address a message goes to, for somebody who need not see it",
    "people/views/texts.py": "stops and answers that the texting service hands us",
    "people/jobs.py": "purges that two officers agreed to, texts that wait",
    "clinic/jobs.py": "deadlines, timers and ends of keeping that nobody asks for",
    "organizing/jobs.py": "ends of keeping that nobody asks for",
    "organizing/events/names.py": "the name the door calls, sealed again under the person's own key",
    "core/actions.py": "the name and address of a colleague who is invited or told",
    "core/invitations.py": "the name on an invitation, for whoever holds its link",
    "core/drafts.py": "what a user typed themselves before their sign-in ended",
    "core/backup/making.py": "the heads of the logs; opens no person",
    "core/backup/proving.py": "whether a restored vault opens at all",
}


def callers(what: str, sources: dict[str, str]) -> set[str]:
    return {name for name, text in sources.items() if re.search(rf"\b{re.escape(what)}\(", text)}


def everything() -> dict[str, str]:
    return {str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")}


@pytest.mark.parametrize(("what", "known"), [("open_columns", MAY_OPEN_COLUMNS), ("system", MAY_ACT_AS_PROGRAM)])
def test_only_known_places_open_without_asking(what: str, known: dict[str, str]) -> None:
    assert callers(what, everything()) <= set(known)


def test_a_new_place_would_be_seen() -> None:
    assert callers("open_columns", {"clinic/views.py": "rows = open_columns(Case.objects.all())"}) == {
        "clinic/views.py"
    }
