"""docs/privacy.md says what the code does: the numbers in it are the numbers of the code."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from centro.core import clock, drafts, jobs, queries
from centro.core.backup import store
from centro.core.documents import uploads
from centro.organizing import retention
from centro.organizing.actions import field, lists
from centro.people import exports, imports, merge, purge
from centro.people.sms import receiving
from config import settings
from config.env import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


@pytest.mark.parametrize(
    ("sentence", "is_true"),
    [
        ("Words typed to find someone | 30 minutes", timedelta(minutes=30) == clock.SEARCH_KEPT),
        ("when a sign-in ended | 10 minutes", timedelta(minutes=10) == drafts.KEPT),
        (
            "30 minutes idle, 12 hours at most",
            (settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_AGE) == (1800, 43200),
        ),
        ("taken out | 24 hours", imports.KEPT == exports.KEPT == timedelta(hours=24)),
        ("staff sign-ins | 90 days", timedelta(days=90) == jobs.KEPT_ADDRESSES),
        ("works once, for 15 minutes", timedelta(minutes=15) == exports.OPEN_FOR),
        ("parted again | 30 days", timedelta(days=30) == merge.UNDO_FOR),
        ("marks of forms done | 7 days", jobs.KEPT_FINISHED == jobs.KEPT_ONCE == timedelta(days=7)),
        ("180 days after the campaign’s end", retention.KEPT_AFTER_END.days == 180),
        ("A list on a phone | 72 hours", timedelta(hours=72) == field.LASTS),
        ("reads nothing | 30 days", timedelta(days=30) == field.SENDS_FOR),
        ("at most 150 people", lists.MOST == 150),
        ("approved by another, after 7 days", timedelta(days=7) == purge.NOTICE),
        ("all for 2 days, one a day for 35 days", (store.EVERYTHING_FOR.days, store.DAILY_FOR.days) == (2, 35)),
        ("replaced every 30 days", next(p for p in jobs.PERIODS if p.name == "core.epoch").every.days == 30),
        ("limited to 60 in twelve hours", set(queries.REVEAL_BUDGET.values()) == {60} and clock.SHIFT.seconds == 43200),
        ("number that nobody has | 30 days", receiving.ANSWERS_WITHIN.days == 30),
        ("between 9 in the morning and 8 in the evening", settings.TEXT_HOURS == (9, 20)),
    ],
)
def test_the_numbers_are_those_of_the_code(sentence: str, is_true: bool) -> None:
    assert sentence in WORDS
    assert is_true


def test_the_files_it_names_are_there() -> None:
    for name in re.findall(r"`((?:src|content|tests|docs)/[^`]+)`", PAGE):
        assert (ROOT / name).exists(), name


def test_the_kinds_of_vault_are_all_told() -> None:
    told = {
        "person": "person-identity",
        "employer": "employer",
        "workplace": "workplace",
        "task": "task",
        "import": "import",
    }
    told |= {"list": "export", "user": "user", "tag": "tag"}
    told |= {"intake": "intake", "case": "case", "attorney file": "attorney-file", "approving attorney": "approver"}
    told |= {"legal": "legal-demand", "clinic night": "night", "appointment": "appointment", "building": "building"}
    told |= {"campaign": "campaign", "visit list": "assignment", "held report": "report"}
    told |= {"event": "gathering", "committee": "committee", "assembly": "assembly", "stray text": "stray-text"}
    code = " ".join(path.read_text() for path in Path(ROOT / "src").rglob("models/*.py"))
    kinds = set(re.findall(r'VaultKeyField\("([\w-]+)"\)', code))
    assert kinds - {"center", "paper"} <= set(told.values())
    assert all(f"a {word}" in WORDS or f"an {word}" in WORDS for word in told)
    assert uploads.MOST_BYTES == 25 * 1024 * 1024
