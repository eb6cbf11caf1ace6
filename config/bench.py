"""`centro bench`: how fast the pages of a large center are, and how many queries each asks.

A fictional center of 100,000 people is made once in its own folder and kept for the next run. Every page goes
through the whole program in this process (middleware, sealing, policy, templates), without a network.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle
from statistics import median
from typing import Any

from config import running
from config.env import ROOT

PEOPLE = 100_000
WARM_UP = 3
_PASSWORD = "a long sentence for the bench"  # noqa: S105  (of a user who exists in the bench folder only)
_WEEKS = ("Mon–Sat 10:30–22:00, one 20-minute meal, no rests", "월–토 10:30–22:00, 식사 20분 한 번, 휴식 없음")
_WORDS = ("kim", "gar", "hernandez", "영", "이", "mar", "0142", "young", "sanchez l", "park min", "dolsot", "zzz")


@dataclass(frozen=True)
class Measured:
    """One page: how long each visit took (milliseconds), how much of it this process worked, the queries, the limit.

    On a machine that others use too, `times` tell about them and `work` tells about the page.
    """

    name: str
    times: tuple[float, ...]
    work: tuple[float, ...]
    queries: int
    limit: float | None

    @property
    def p50(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[max(0, round(len(self.times) * 0.95) - 1)]

    @property
    def is_in_time(self) -> bool:
        return self.limit is None or self.p95 <= self.limit

    def __str__(self) -> str:
        limit = f"{self.limit:6.0f}" if self.limit else "     –"
        verdict = "" if self.is_in_time else "  TOO SLOW"
        work = median(self.work)
        return f"{self.name:<44}{self.p50:8.1f}{self.p95:8.1f}{limit}{work:8.1f}{self.queries:9d}{verdict}"


def run(people: int = PEOPLE, rounds: int = 40, *, fresh: bool = False) -> int:
    """Measure and print; 1 when a page takes longer than it may."""
    _prepare(people, fresh=fresh)
    began = time.perf_counter()
    pages = list(_pages())
    print(f"\n{'page, milliseconds':<44}{'p50':>8}{'p95':>8}{'limit':>6}{'work':>8}{'queries':>9}")
    measured = []
    for name, limit, visit in pages:
        measured.append(_measure(name, limit, visit, rounds if limit else WARM_UP))
        print(measured[-1], flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{_size()}; this process at most {peak} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores;")
    print(f"measured in {time.perf_counter() - began:.0f} s")
    return 0 if all(page.is_in_time for page in measured) else 1


def _prepare(people: int, *, fresh: bool) -> None:
    """Open the bench's own center, or make it."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("ALLOWED_HOSTS", None)
    os.environ["CENTRO_DATA"] = str(ROOT / "instance" / f"bench-{people}")
    running.start_django("demo")
    from django.conf import settings

    from centro.web import demo

    made_by, version = settings.DATA / "made-by", _version()
    if fresh or not made_by.is_file() or made_by.read_text() != version:
        if not fresh and settings.DATA.joinpath("centro.sqlite3").exists():
            print("the center that was kept is of another version of the program, or half made: it is made anew")
        made_by.unlink(missing_ok=True)
        running.forget(settings.DATA)
    running.make_root_key()
    running.bring_up_to_date()
    running.collect_static()
    began = time.perf_counter()
    if demo.load(-(-people // demo.PEOPLE), say=print):
        _add_password_user()
        made_by.write_text(version)
        print(f"made in {time.perf_counter() - began:.0f} s, kept in instance/bench-{people}")


def _version() -> str:
    """What a kept center must have been made by: the demo as it is written now, and the tables it fills."""
    sources = ROOT / "src" / "centro"
    files = [*(sources / "web" / "demo").rglob("*.py"), *sources.glob("*/migrations/*.py")]
    return sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()


def _add_password_user() -> None:
    """One user who signs in with a password, to measure what guessing costs."""
    from centro.core.models import User

    user = User(username="bench")
    user.set_password(_PASSWORD)
    user.save()


def _measure(name: str, limit: float | None, visit: Callable[[], Any], rounds: int) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        visit()
    with CaptureQueriesContext(connection) as asked:
        visit()
    queries, times, work = len(asked), [], []
    for _ in range(rounds):
        began, busy = time.perf_counter(), time.process_time()
        visit()
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - busy) * 1000)
    return Measured(name, tuple(times), tuple(work), queries, limit)


def _pages() -> Iterator[tuple[str, float | None, Callable[[], Any]]]:
    """What is measured: its name, the limit in milliseconds, and one visit."""
    from django.urls import reverse

    desk, organizer = _signed_in("front_desk"), _signed_in("organizer")
    people, workplaces = reverse("people:people"), reverse("people:workplaces")
    yield "sign in with a password", 300, _sign_in
    yield "first search of a new process (index is made)", None, _first_search
    for role, client in (("front desk", desk), ("organizer", organizer)):
        type_ahead, search = reverse("people:type_ahead"), reverse("people:search")
        yield f"Today, {role}", 150, _get(client, "/")
        yield f"list of people, {role}", 150, _get(client, people)
        yield f"list of people who speak Korean, {role}", 150, _get(client, f"{people}?language=ko")
        yield f"type-ahead, {role}", 50, _post(client, type_ahead, cycle(_WORDS))
        yield f"search with results, {role}", 150, _post(client, search, cycle(_WORDS))
        yield f"one person, {role}", 150, _get_each(client, people, cycle(_persons_of(role.replace(" ", "_"))))
    yield from _clinic_pages()
    yield from _claim_pages()
    yield "list of workplaces, front desk", 150, _get(desk, workplaces)
    yield "tasks, front desk", 150, _get(desk, reverse("web:tasks"))
    yield "what the roles may see", 150, _get(desk, reverse("web:roles"))


def _clinic_pages() -> Iterator[tuple[str, float | None, Callable[[], Any]]]:
    """The board, the list of cases, one case and one matter, as a counsellor with many cases sees them."""
    from django.urls import reverse

    counsellor, manager = _signed_in("counsellor"), _signed_in("manager")
    board, cases, matters = _open_cases()
    yield "the clinic's board, counsellor", 150, _get(counsellor, f"{board}?show=all")
    yield "list of cases, manager", 150, _get(manager, reverse("clinic:cases"))
    yield "list of cases about pay in Korean, manager", 150, _get(manager, f"{cases}?topic=pay&language=ko")
    yield "one case, counsellor", 150, _get_each(counsellor, cases, cycle(matters.values()))
    yield "one matter, counsellor", 150, _get_each(counsellor, f"{board}matters/", cycle(matters))


def _claim_pages() -> Iterator[tuple[str, float | None, Callable[[], Any]]]:
    """The cook's three years: recomputed while somebody types, and the whole packet, approved and issued."""
    from django.urls import reverse

    from centro.clinic.models import Matter

    cook = Matter.objects.get(letters__kind="demand", letters__state="waiting")
    counsellor, address = _signed_in("counsellor"), reverse("clinic:hours_try", args=[cook.case_id])
    yield "three years recomputed, while typing", 300, _type(counsellor, address, cycle(_WEEKS))
    yield "the packet in two languages, issued", 2000, _packet(cook.pk)


def _type(client: Any, address: str, weeks: Iterator[str]) -> Callable[[], None]:
    return lambda: _ok(client.post(address, {"form": "week", "week-words": next(weeks), "week-confidence": "rough"}))


def _packet(matter: Any) -> Callable[[], None]:
    """Everything that issuing it does, and then nothing of it is kept."""
    from django.db import transaction

    from centro.clinic.models import ApprovingAttorney
    from centro.clinic.queries.matters import get_open_matter
    from centro.core import access
    from centro.core.classes import Role
    from centro.core.models import User
    from centro.core.policy import Actor
    from centro.web.demo.clinic import papers

    by = Actor(user_id=User.objects.get(username="counsellor").pk, role=Role.COUNSELLOR)
    attorney = ApprovingAttorney.objects.get()

    def visit() -> None:
        with access.viewing(by), transaction.atomic():
            papers.write(by, attorney, get_open_matter(by, matter), "wage_packet", "issued")
            transaction.set_rollback(True)

    return visit


def _open_cases() -> tuple[str, str, dict[Any, Any]]:
    """The addresses of the board and of the cases; some open matters of the counsellor, each with its case."""
    from django.urls import reverse

    from centro.clinic.models import Matter

    rows = Matter.objects.filter(closed_at=None, owner__username="counsellor").values_list("pk", "case_id")[:50]
    return reverse("clinic:home"), reverse("clinic:cases"), dict(rows)


def _signed_in(user_name: str) -> Any:
    from django.test import Client

    from centro.core.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=user_name))
    return client


def _ok(answer: Any) -> None:
    """A page that is not the page is not measured."""
    if answer.status_code != 200:
        raise SystemExit(f"centro bench: {answer.request['PATH_INFO']} answered {answer.status_code}")


def _get(client: Any, address: str) -> Callable[[], None]:
    return lambda: _ok(client.get(address))


def _get_each(client: Any, folder: str, ids: Iterator[Any]) -> Callable[[], None]:
    return lambda: _ok(client.get(f"{folder}{next(ids)}/"))


def _post(client: Any, address: str, words: Iterator[str]) -> Callable[[], None]:
    return lambda: _ok(client.post(address, {"words": next(words)}, follow=True))


def _persons_of(user_name: str) -> list[Any]:
    """Some people this user sees."""
    from centro.core.classes import Role
    from centro.core.models import User
    from centro.core.policy import Actor
    from centro.people import queries

    user = User.objects.get(username=user_name)
    return [row.pk for row in queries.people(Actor(user_id=user.pk, role=Role(user_name))).rows]


def _sign_in() -> None:
    """The form with the right password: the answer leads on to the second factor."""
    from allauth.usersessions.models import UserSession
    from django.core.cache import cache
    from django.test import Client

    cache.clear()  # neither the limit on guesses nor a user with a hundred open sessions is what is measured
    UserSession.objects.filter(user__username="bench").delete()
    answer = Client(headers={"host": "localhost"}).post("/account/login/", {"login": "bench", "password": _PASSWORD})
    if answer.status_code != 302:
        raise SystemExit(f"centro bench: the sign-in answered {answer.status_code}")


def _first_search() -> None:
    """What the first search after a start costs: every name is opened once."""
    from centro.people import search

    search.forget()
    search.find("kim")


def _size() -> str:
    from django.conf import settings

    from centro.people.models import Person

    size = sum(file.stat().st_size for file in settings.DATA.glob("*.sqlite3*")) // 2**20
    return f"{Person.objects.count():,} people in {size} MB"
