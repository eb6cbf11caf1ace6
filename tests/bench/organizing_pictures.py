"""How long the pictures of organizing take among 100,000 people, as whole pages (issue 5, line 15).

The ring of two steps at most 100 ms, the wall chart of 500 people at most 300 ms; beside them the pages with a search
and Today with its line of people left alone, each at most 200 ms. Run by hand:
`python tests/bench/organizing_pictures.py` (or with other numbers: `… 10000 100000`). Prints CPU time: what else the
machine does does not count.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

TIES, ON_CHART, ROUNDS = 3, 500, 41


def add_ties_and_a_chart(rows: Any) -> tuple[UUID, UUID]:
    """Three ties a person, one with 200, and a workplace of 500. Returns whoever has most ties, and the workplace."""
    from django.db import transaction

    from centro.organizing.models import Department, Post, Tie
    from centro.people.models import Employment, Workplace

    rng, hub, shop = rows.rng, rows.people[0], rows.id()
    columns = "id person_id other_id campaign_id kind strength will_introduce by_id at"

    def ties() -> Iterator[tuple[Any, ...]]:
        pairs = [(one, rng.choice(rows.people)) for one in rows.people for _ in range(TIES)]
        pairs += [(hub, other) for other in rows.people[1:200]]
        for one, other in pairs:
            if one != other:
                kind, strength = rng.choice(("coworker", "friend", "family")), rng.choice("123")
                yield rows.id(), one, other, rows.campaign, kind, strength, False, rows.staff[0], rows.now

    with transaction.atomic():
        rows._insert(Tie, columns, ties())
        Workplace.objects.bulk_create([Workplace(id=shop)])
        names = [rows.id() for _ in range(5)]
        Department.objects.bulk_create(
            Department(id=pk, campaign_id=rows.campaign, workplace_id=shop, place=n) for n, pk in enumerate(names)
        )
        workers = rows.people[1000 : 1000 + ON_CHART]
        Employment.objects.bulk_create(Employment(person_id=pk, workplace_id=shop) for pk in workers)
        Post.objects.bulk_create(
            Post(
                person_id=pk,
                campaign_id=rows.campaign,
                department_id=rng.choice(names),
                shift=rng.choice(("day", "evening", "night")),
            )
            for pk in workers
        )
    return hub, shop


def sign_in(user_id: UUID) -> Any:
    """A browser of an organizer on the campaign."""
    from django.conf import settings
    from django.test import Client

    from centro.core import clock
    from centro.core.classes import Role
    from centro.core.models import RoleGrant, User

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    User.objects.filter(pk=user_id).update(is_demo=True)
    user, other = User.objects.get(pk=user_id), User.objects.exclude(pk=user_id)[0]
    granted = {"proposed_by": user, "approved_by": other, "from_at": clock.now() - timedelta(days=1)}
    RoleGrant.objects.get_or_create(user=user, role=Role.ORGANIZER, defaults=granted)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def measure(client: Any, campaign: UUID, somebody: UUID, hub: UUID, shop: UUID) -> bool:
    """Print a line a page; whether all of them are in time."""
    base = "/organizing/"
    asked = {
        "the ring of somebody": (f"{base}people/{somebody}/network/", 0.1),
        "the ring of whoever has 200 ties": (f"{base}people/{hub}/network/", 0.1),
        "the way to somebody": (f"{base}people/{somebody}/way/", 0.2),
        f"the wall chart of {ON_CHART}": (f"{base}campaigns/{campaign}/chart/{shop}/", 0.3),
        "one person": (f"{base}people/{somebody}/", 0.2),
        "the campaign": (f"{base}campaigns/{campaign}/", 0.2),
        "left alone, in my care": (f"{base}campaigns/{campaign}/?mine=on&days=30&missing=on", 0.2),
        "who knows somebody": (f"{base}campaigns/{campaign}/?tie={hub}", 0.2),
        "Today, with who is left alone": ("/", 0.2),
    }
    slow = False
    print(f"{'page':34} {'p50 ms':>8} {'p95 ms':>8} {'limit':>6}")
    for name, (path, limit) in asked.items():
        times = []
        for _ in range(ROUNDS):
            began = time.process_time()
            answer = client.get(path)
            times.append(time.process_time() - began)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
        p95 = statistics.quantiles(times[1:], n=20, method="inclusive")[-1]  # the first visit reads the page's template
        slow |= p95 > limit
        late = "  TOO SLOW" if p95 > limit else ""
        print(f"{name:34} {statistics.median(times) * 1e3:8.1f} {p95 * 1e3:8.1f} {limit * 1e3:6.0f}{late}")
    return not slow


def main() -> int:
    sys.path[:0] = [str(Path(__file__).resolve().parents[2])]
    from tests.bench.organizing import CONTACTS, PEOPLE, Rows, prepare

    people, contacts = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (PEOPLE, CONTACTS)
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        rows = Rows(people, contacts)
        rows.save()
        rows.last.clear()
        hub, shop = add_ties_and_a_chart(rows)
        client = sign_in(rows.staff[0])
        gc.collect()
        gc.freeze()
        return 0 if measure(client, rows.campaign, rows.people[5], hub, shop) else 1


if __name__ == "__main__":
    sys.exit(main())
