"""An event of the campaign of the cast, and people who were asked to it."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from centro.core import clock
from centro.core.policy import Actor
from centro.organizing.actions import events as actions
from centro.organizing.models import Campaign, Commitment, Gathering
from centro.people.models import Person

TITLES = {"title_en": "Sunday assembly", "title_es": "Asamblea del domingo", "title_ko": "일요일 총회"}


def make_event(by: Actor, campaign: Campaign, *, days: float = 6, hours: float = 2, **details: Any) -> Gathering:
    """`make_event(by, campaign, days=6)`: a meeting in six days; with a negative number it was."""
    begins = clock.now() + timedelta(days=days)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=hours)}
    return actions.add_event(by=by, campaign=campaign, details={**TITLES, "place": "Union hall", **times, **details})


def say(by: Actor, gathering: Gathering, person: Person, state: str, **more: Any) -> Commitment:
    """They were asked and said this."""
    return actions.note_answer(by=by, gathering=gathering, person=person, state=state, **more)


def typed(gathering: Gathering, **other: Any) -> dict[str, Any]:
    """The form of an event as a browser would send it."""
    begins = clock.now() + timedelta(days=3)
    form = {
        "campaign": gathering.campaign_id,
        "kind": "action",
        "title_en": "March",
        "place": "City hall",
        "goal": "400",
    }
    times = {"starts_at": f"{begins:%Y-%m-%dT18:00}", "ends_at": f"{begins:%Y-%m-%dT20:00}"}
    return {**form, **times, "takes_names": "on", **other}


def body_of(answer: Any) -> bytes:
    """The bytes of a file, streamed or not."""
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def words_of(pdf: bytes, folder: Path) -> str:
    """What a PDF says."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
