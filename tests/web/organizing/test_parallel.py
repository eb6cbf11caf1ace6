"""The same visit sent five times at one moment: real threads, each with its own connection, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.cluster import cluster
from tests.web.core.backup.centers import Center, new_center

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]
PROGRAMS = Path("/usr/lib/postgresql/15/bin")

BEGIN = """
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4
from django.db import connection
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Task
from centro.core.policy import Actor
from centro.organizing import actions as organizing
from centro.organizing.models import Assessment, Contact, Report, Standing, Tie
from centro.people import actions as people
from tests.web.conftest import signed_in, user_as
from tests.web.organizing.phone import take_along
FIVE, settings.FIELD_MODE = 5, True
gate = Barrier(FIVE)
user = user_as(Role.ORGANIZER)
by = Actor(user_id=user.pk, role=Role.ORGANIZER)
with access.viewing(by):
    campaign = organizing.add_campaign(by=by, details={"name": "Markets"}, scale=["1", "2", "3"])
    rosa = people.add_person(by=by, details={"given": "Rosa"})
def at_once(does):
    def one(_number):
        try:
            with access.viewing(by):
                gate.wait(30)
                return does()
        finally:
            connection.close()
    with ThreadPoolExecutor(FIVE) as threads:
        return list(threads.map(one, range(FIVE)))
"""
SEND = (
    BEGIN
    + """
with access.viewing(by):
    begin, end = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=4)
    row = organizing.make_list(by=by, campaign=campaign, name="North", people_on=[rosa], from_at=begin, to_at=end)
phone = take_along(signed_in(user), row)
stop = phone.people[0]["stop"]
talk = phone.seal({"stop": stop, "outcome": "talked", "step": "Call her", "value": "2", "known_as0": "Lupe"})
held = phone.seal({"outcome": "talked", "new_name": "Luz", "no_step": "done"})
answers = at_once(lambda: phone.send(talk, held)["answers"])
say(
    talk=sorted({one[talk["id"]] for one in answers}), held=sorted({one[held["id"]] for one in answers}),
    rows=[model.objects.count() for model in (Contact, Assessment, Tie, Report, Task)],
    tries=Standing.objects.get(person=rosa).tries,
    events=[Event.objects.filter(kind=kind).count() for kind in ("contact.logged", "contact.report_held")],
    verdict=audit.verify(Event).broken_at,
)
"""
)
PAGE = (
    BEGIN
    + """
mark, told = uuid4(), organizing.Told(outcome="talked", no_step="done", value=2, named=(organizing.Named("Lupe"),))
note = lambda: organizing.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=mark)[1]
say(
    new=sum(at_once(note)), tries=Standing.objects.get(person=rosa).tries,
    rows=[model.objects.filter(person=rosa).count() for model in (Contact, Assessment, Tie)],
)
"""
)


@pytest.fixture(params=["sqlite", "postgresql"])
def center(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Center]:
    if request.param == "sqlite":
        yield _laid(new_center(tmp_path / "center"))
        return
    if not PROGRAMS.is_dir():
        pytest.skip("PostgreSQL 15 is not on this machine")
    with cluster(PROGRAMS) as url:
        yield _laid(new_center(tmp_path / "center", url))


def _laid(center: Center) -> Center:
    center.lay_tables()
    return center


def test_a_phone_that_sends_five_times_at_once_is_heard_once(center: Center) -> None:
    found: dict[str, Any] = center.run(SEND)
    assert (found["talk"], found["held"]) == (["taken"], ["review"])
    assert (found["rows"], found["tries"]) == ([1, 1, 1, 1, 1], 1)
    assert (found["events"], found["verdict"]) == ([1, 1], None)


def test_a_form_that_is_saved_five_times_at_once_is_one_contact(center: Center) -> None:
    found = center.run(PAGE)
    assert (found["new"], found["rows"], found["tries"]) == (1, [1, 1, 1], 1)
