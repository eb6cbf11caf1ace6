"""How long it takes to take 200 visits of a phone into the log (issue 5, line 15: at most 3 seconds).

Run by hand: `python tests/bench/field_sync.py`. It makes a center of its own in a temporary folder, seals the visits
as a phone does, sends them fifty at a time through the whole program, and prints CPU and wall time.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

VISITS, AT_ONCE, LIMIT = 200, 50, 3.0


def main() -> int:
    sys.path[:0] = [str(Path(__file__).resolve().parents[2])]
    from tests.bench.organizing import prepare

    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        phone = _take_along()
        items = [phone.seal(_visit(phone, number)) for number in range(VISITS)]
        began, busy = time.perf_counter(), time.process_time()
        answers: dict[str, Any] = {}
        for start in range(0, VISITS, AT_ONCE):
            answers |= phone.send(*items[start : start + AT_ONCE])["answers"]
        took, worked = time.perf_counter() - began, time.process_time() - busy
    wrong = [became for became in answers.values() if became != "taken"]
    print(f"{len(answers)} visits: {worked:.2f} s of work, {took:.2f} s on the clock; {len(wrong)} not taken")
    return int(bool(wrong) or len(answers) != VISITS or worked > LIMIT)


def _visit(phone: Any, number: int) -> dict[str, Any]:
    stop = phone.people[number % len(phone.people)]["stop"]
    told = {"story": "Half an hour on the stairs.", "known_as0": "Lupe", "value": "2", "issues": ["pay", "hours"]}
    return {"stop": stop, "outcome": "talked", "no_step": "done", **told}


def _take_along() -> Any:
    """A list of 150 people on a phone."""
    from datetime import timedelta

    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.FIELD_MODE = True
    from centro.core import access, clock
    from centro.core.classes import Role
    from centro.core.models import RoleGrant, User
    from centro.core.policy import Actor
    from centro.organizing import actions
    from centro.people import actions as people
    from tests.web.organizing.phone import take_along

    user, other = (User.objects.create(username=name, is_demo=True) for name in ("bench", "director"))
    granted = {"proposed_by": user, "approved_by": other, "from_at": clock.now() - timedelta(days=1)}
    RoleGrant.objects.create(user=user, role=Role.ORGANIZER, **granted)
    by = Actor(user_id=user.pk, role=Role.ORGANIZER)
    with access.viewing(by):
        campaign = actions.add_campaign(by=by, details={"name": "Bench"}, scale=["1", "2", "3"])
        crowd = [people.add_person(by=by, details={"given": f"Person {n}"}) for n in range(150)]
        now = clock.now()
        begin, end = now - timedelta(hours=1), now + timedelta(hours=4)
        row = actions.make_list(by=by, campaign=campaign, name="Bench", people_on=crowd, from_at=begin, to_at=end)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return take_along(client, row)


if __name__ == "__main__":
    sys.exit(main())
