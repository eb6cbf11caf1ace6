"""The calendar feed: dates and case numbers for the phone of whoever has the address, and no name."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic.actions import agenda, cases
from centro.clinic.choices import Route
from centro.clinic.models import Feed, Matter
from centro.clinic.queries import agenda as queries
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenMatter
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]


def _address(client: Client) -> str:
    page = client.post(reverse("clinic:make_feed")).content.decode()
    found = re.search(r'value="https?://[^/]+(/clinic/calendar/[^"]+\.ics)"', page)
    assert found is not None
    return found[1]


@pytest.fixture
def busy(open_matter: OpenMatter, actor: ACTOR) -> Matter:
    """A matter with a hearing next month and a deadline in twenty days."""
    matter, by = open_matter(Route.WAGE_CLAIM, state="hearing_set"), actor(Role.COUNSELLOR)
    at = datetime(2026, 12, 21, 17, 30, tzinfo=UTC)  # 9:30 in Los Angeles
    agenda.add_hearing(by=by, matter=matter, at=at, happening=None, asked="conference_on", place="Van Nuys")
    mailed, facts = clock.today() - timedelta(days=10), {"benefit": "unemployment"}
    cases.note_happening(by=by, case=matter.case, kind="ui_notice_mailed", on=mailed, facts=facts, matter=matter)
    return matter


def test_a_lock_down_ends_every_address(sign_in: SignIn, busy: Matter, actor: ACTOR) -> None:
    address, manager = _address(sign_in(Role.COUNSELLOR)), sign_in(Role.MANAGER)
    assert "Calendars on phones</span><b>1</b>" in " ".join(
        manager.get("/organizing/lockdown/").content.decode().split()
    )
    page = manager.post("/organizing/lockdown/start/", follow=True).content.decode()
    assert "Calendars on phones: 1" in " ".join(page.split())
    assert Client().get(address).status_code == 404
    event = Event.objects.get(kind="feed.all_ended")
    assert (event.by, event.codes) == (actor(Role.MANAGER).user_id, ["feeds:1"])
    assert Client().get(_address(sign_in(Role.COUNSELLOR))).status_code == 200, "a new one may be made"


def test_a_phone_reads_the_dates_without_a_name(sign_in: SignIn, busy: Matter) -> None:
    address = _address(sign_in(Role.COUNSELLOR))
    answer = Client().get(address)
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART:20261221T173000Z" in text
    assert f"SUMMARY:Matter {busy.case.number}: deadline" in text
    assert "DTSTART;VALUE=DATE:20261213" in text
    for secret in ("Seo", "서충호", "Hanmat", "Van Nuys", "Chung", "wage", "benefit"):
        assert secret not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_address_ends_when_it_is_closed_or_made_anew(sign_in: SignIn, busy: Matter) -> None:
    client = sign_in(Role.COUNSELLOR)
    first = _address(client)
    second = _address(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client.post(reverse("clinic:end_feed"))
    assert Client().get(second).status_code == 404
    assert Client().get("/clinic/calendar/guess.ics").status_code == 404
    assert "An address is open" not in client.get(reverse("clinic:feed")).content.decode()


def test_who_left_or_lost_the_role_reads_nothing(sign_in: SignIn, busy: Matter, cast: dict[Role, User]) -> None:
    address = _address(sign_in(Role.COUNSELLOR))
    user = cast[Role.COUNSELLOR]
    user.role_grants.update(to_at=clock.now())
    assert Client().get(address).status_code == 404
    user.role_grants.update(to_at=None)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_the_secret_is_kept_nowhere(sign_in: SignIn) -> None:
    secret = _address(sign_in(Role.COUNSELLOR)).rpartition("/")[2].removesuffix(".ics")
    feed = Feed.objects.get()
    assert secret.encode() not in bytes(feed.mark)
    assert len(bytes(feed.mark)) == 32


def test_a_cancelled_hearing_leaves_the_calendar(sign_in: SignIn, busy: Matter, actor: ACTOR) -> None:
    client = sign_in(Role.COUNSELLOR)
    hearing = busy.hearings.get()
    client.post(reverse("clinic:cancel_hearing", args=[busy.pk, hearing.pk]))
    assert "Hearing" not in Client().get(_address(client)).content.decode()


def test_a_long_line_is_folded_between_letters() -> None:
    line = "SUMMARY:" + "노동청 심리 " * 12
    parts = queries._folded(line).split("\r\n")
    assert len(parts) > 1
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join(part if n == 0 else part[1:] for n, part in enumerate(parts)) == line


def test_commas_and_semicolons_are_escaped() -> None:
    assert queries._escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
