"""How long a page of a search takes among 100,000 people and 1,000,000 contacts (issue 5, line 15: at most 200 ms).

Run by hand: `python tests/bench/organizing.py` (or with other numbers: `… 10000 100000`). It makes a center of its own
in a temporary folder, with rows that hold no words, and prints CPU time: what else the machine does does not count.
"""

import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

PEOPLE, CONTACTS, ROUNDS, LIMIT = 100_000, 1_000_000, 12, 0.2
SHOPS, BUILDINGS, STAFF, ZIPS = 2_000, 8_000, 40, 90
LANGUAGES = ("es", "es", "es", "es", "es", "ko", "ko", "en", "zh", "tl")


def prepare(folder: str) -> None:
    """An empty center in this folder."""
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root), str(root / "src")]
    os.environ |= {"CENTRO_MODE": "demo", "CENTRO_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from centro.core.vault import root as root_key

    root_key.make(settings.ROOT_KEY_FILE)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


class Rows:
    """The rows of the center, made from a seed, a table at a time."""

    def __init__(self, people: int, contacts: int) -> None:
        from centro.core import clock

        self.rng, self.now = random.Random(5), clock.now()
        self.people = [self.id() for _ in range(people)]
        self.staff = [self.id() for _ in range(STAFF)]
        self.shops = [self.id() for _ in range(SHOPS)]
        self.buildings = [self.id() for _ in range(BUILDINGS)]
        self.contacts, self.campaign, self.scale, self.step = contacts, self.id(), self.id(), self.id()
        self.last: dict[UUID, tuple[Any, ...]] = {}

    def id(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def save(self) -> None:
        from django.db import transaction

        from centro.core.models import Place, User
        from centro.organizing.models import Campaign, Climb, LadderStep, Scale
        from centro.people.models import Building, Employment, Involvement, Residency, Workplace

        ago, rng = self.ago, self.rng
        with transaction.atomic():
            User.objects.bulk_create(User(id=pk, username=f"bench-{n}") for n, pk in enumerate(self.staff))
            Campaign.objects.bulk_create([Campaign(id=self.campaign, added_by_id=self.staff[0])])
            Scale.objects.bulk_create([Scale(id=self.scale, campaign_id=self.campaign, number=1)])
            Workplace.objects.bulk_create(Workplace(id=pk) for pk in self.shops)
            Building.objects.bulk_create(Building(id=pk, zip="90006") for pk in self.buildings)
            Place.objects.bulk_create(
                Place(user_id=user, scope_kind="campaign", scope=self.campaign, relation="team", from_at=ago(400))
                for user in self.staff
            )
            LadderStep.objects.bulk_create(
                [LadderStep(id=self.step, campaign_id=self.campaign, place=1, rung="member")]
            )
            self._people()
            part_of = ((self.id(), pk, "campaign", self.campaign, ago(300)) for pk in self.people)
            self._insert(Involvement, "id person_id scope_kind scope since", part_of)
            jobs = ((self.id(), pk, rng.choice(self.shops), "employee", 1) for pk in self.people)
            self._insert(Employment, "id person_id workplace_id works_as version", jobs)
            homes = ((self.id(), pk, rng.choice(self.buildings), "", 1) for pk in self.people)
            self._insert(Residency, "id person_id building_id tenure version", homes)
            self._contacts()
            self._standings()
            Climb.objects.bulk_create(
                Climb(person_id=pk, campaign_id=self.campaign, step_id=self.step, by_id=self.staff[0])
                for pk in rng.sample(self.people, len(self.people) // 20)
            )

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _people(self) -> None:
        from centro.people.models import Person

        columns = "id age_band language languages zip met_through added_at changed_at version in_care_of_id"
        rng = self.rng
        self._insert(
            Person,
            columns,
            (
                (
                    pk,
                    "",
                    rng.choice(LANGUAGES),
                    "[]",
                    f"{90001 + rng.randrange(ZIPS)}",
                    "",
                    at,
                    at,
                    1,
                    rng.choice(self.staff),
                )
                for pk, at in ((pk, self.ago(rng.random() * 300)) for pk in self.people)
            ),
        )

    def _contacts(self) -> None:
        from centro.organizing.models import Contact

        columns = (
            "id person_id campaign_id kind outcome at device_at received_at by_id where language had_interpreter "
            "issues ask answer brings no_step source"
        )
        self._insert(Contact, columns, self._tries())

    def _tries(self) -> Iterator[tuple[Any, ...]]:
        rng, met = self.rng, self.people[: len(self.people) * 9 // 10]
        kinds, issues = ("visit", "visit", "call", "call", "text", "one_on_one"), ("pay", "hours", "safety", "rent")
        for number in range(self.contacts):
            person, days = rng.choice(met), rng.random() ** 0.5 * 365
            kind = "tabling" if number % 997 == 0 else rng.choice(kinds)
            at, outcome = self.ago(days), rng.choice(("talked", "not_home", "refused"))
            if person not in self.last or days < self.last[person][0]:
                self.last[person] = (days, at, outcome)
            raised = f'["{rng.choice(issues)}"]' if outcome == "talked" else "[]"
            yield (self.id(), person, self.campaign, kind, outcome, at, at, at, rng.choice(self.staff), "home", "es",
                   False, raised, "", "", 0, "", "page")  # fmt: skip

    def _standings(self) -> None:
        from centro.organizing.models import Standing

        rng, columns = self.rng, "id person_id campaign_id tries contact_at outcome value basis assessed_at issues"
        rows = []
        for pk in self.people:
            _days, at, outcome = self.last.get(pk, (0, None, ""))
            value = rng.choices((1, 2, 3, 4, 5), (2, 20, 40, 8, 1))[0] if at and rng.random() < 0.7 else None
            assessed = (value, "conversation", at) if value else (None, "", None)
            rows.append(
                (self.id(), pk, self.campaign, 10, at, outcome, *assessed, rng.getrandbits(8) & rng.getrandbits(8))
            )
        self._insert(Standing, columns, iter(rows))

    def _insert(self, model: Any, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
        """Many rows by the plainest SQL, with the values as the database writes them."""
        from django.db import connection

        fields = {field.column: field for field in model._meta.concrete_fields}
        names = columns.split()
        table, quoted = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
        sql = f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join(["%s"] * len(names))})'  # noqa: S608
        write = [_writer(fields[name], connection) for name in names]
        with connection.cursor() as cursor:
            while chunk := [row for _n, row in zip(range(20_000), rows, strict=False)]:
                cursor.executemany(sql, [tuple(w(v) for w, v in zip(write, row, strict=True)) for row in chunk])


def _writer(field: Any, connection: Any) -> Callable[[Any], Any]:
    kind = type(field).__name__
    if kind in {"UUIDField", "ForeignKey"}:
        return lambda value: value.hex if isinstance(value, UUID) else value
    if kind == "DateTimeField":
        adapt: Callable[[Any], Any] = connection.ops.adapt_datetimefield_value
        return adapt
    return lambda value: value


def measure(rows: Rows) -> bool:
    """Print a line for each search; whether all of them are in time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from centro.core import access
    from centro.core.classes import Role
    from centro.core.policy import Actor
    from centro.organizing.models import Campaign
    from centro.organizing.queries.lookup import people_of_campaign
    from centro.organizing.queries.searches_filters import Filters

    by = Actor(user_id=rows.staff[0], role=Role.ORGANIZER)
    campaign = Campaign.objects.visible_to(by, "see").get()
    shop, building, colleague = str(rows.shops[0]), str(rows.buildings[0]), str(rows.staff[1])
    asked = {
        "everybody": Filters(),
        "a common language": Filters(language="es"),
        "a rare language": Filters(language="tl"),
        "one value": Filters(value="2"),
        "a rare value": Filters(value="5"),
        "a rare value in a language": Filters(value="5", language="ko"),
        "old assessments": Filters(age="old", value="3"),
        "an issue": Filters(issue="pay"),
        "three issues of few": Filters(issue="family", value="1", language="tl"),
        "never contacted": Filters(contact="never"),
        "this week": Filters(contact="recent"),
        "visited within 90 days": Filters(kind="visit", days="90"),
        "not visited within 90 days": Filters(kind="visit", days="90", missing="on"),
        "tabling, rare": Filters(kind="tabling", days="30"),
        "by a colleague within a year": Filters(who=colleague, days="365"),
        "a colleague's rare kind": Filters(who=colleague, kind="tabling"),
        "not by a colleague": Filters(who=colleague, missing="on"),
        "a workplace": Filters(workplace=shop),
        "a building": Filters(building=building),
        "a ZIP code": Filters(zip="90010"),
        "a ZIP code in a language": Filters(zip="90010", language="ko", value="1"),
        "in my care": Filters(mine="on"),
        "on a step": Filters(step=str(rows.step)),
        "on no step": Filters(step="none", language="ko"),
        "nobody at all": Filters(value="5", basis="second_hand"),
        "common things, rare together": Filters(language="ko", issue="pay", value="1", kind="call", days="30"),
        "overdue steps": Filters(due="late"),
        "a turf of 150": Filters(zip="90010", order="place"),
    }
    slow = False
    print(f"{'search':34} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'found':>6}")
    for name, filters in asked.items():
        times, found, after = [], 0, ""
        with access.viewing(by), CaptureQueriesContext(connection) as queries:
            for _ in range(ROUNDS):
                began = time.process_time()
                people, after = people_of_campaign(
                    by, campaign, Filters.of(filters.codes() | {"after": after}), most=150 if filters.order else 50
                )
                times.append(time.process_time() - began)
                found = found or len(people)
        p95 = statistics.quantiles(times, n=20)[-1]
        slow |= p95 > LIMIT
        each = len(queries) / ROUNDS
        late = "  TOO SLOW" if p95 > LIMIT else ""
        print(f"{name:34} {statistics.median(times) * 1e3:8.1f} {p95 * 1e3:8.1f} {each:8.1f} {found:6}{late}")
    return not slow


def main() -> int:
    people, contacts = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (PEOPLE, CONTACTS)
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        rows, began = Rows(people, contacts), time.process_time()
        rows.save()
        rows.last.clear()
        gc.collect()
        gc.freeze()  # what made the rows is not looked through again while pages are measured
        print(f"{people:,} people and {contacts:,} contacts in {time.process_time() - began:.0f} s of CPU time")
        return 0 if measure(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
