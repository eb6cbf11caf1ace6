"""The public intake: three languages, the least that is needed, sealed, limited; its receipt shows where it stands."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client

from centro.clinic.actions import intake as actions
from centro.clinic.intake import limits, receipts, work
from centro.clinic.models import Intake
from centro.clinic.queries import intake as reads
from centro.clinic.views.public import SALT
from centro.core import access, clock
from centro.core.classes import Role
from centro.core.models import Task
from centro.core.policy import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


BITS = 6  # light work for tests


@pytest.fixture(autouse=True)
def nobody_wrote_before(settings: Any) -> None:
    settings.WORK_BITS = BITS
    cache.clear()


def number_for(form: str) -> str:
    """What the browser finds."""
    return next(str(number) for number in range(1_000_000) if work.is_done(form, str(number), bits=BITS))


def token(*, seconds_ago: float = 60, key: str = "0" * 31 + "1") -> str:
    return signing.dumps({"key": key, "at": time.time() - seconds_ago}, salt=SALT)


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "token": token(),
        "call_me": "Lupe",
        "language": "es",
        "ways": ["call"],
        "phone": "(323) 555-0188",
        "topics": ["pay"],
        "date_of": "unpaid_last",
        "date_on": (clock.today() - timedelta(days=9)).isoformat(),
        "county": "los-angeles",
        **changes,
    }


def send(client: Client, *, works: bool = True, **changes: Any) -> Any:
    form = filled(**changes)
    proof = {"work": number_for(form["token"])} if works else {}
    return client.post("/clinic/start/", {**form, **proof}, headers={"accept-language": "es"})


def receipt_on(page: str) -> str:
    return page.partition('<p class="receipt">')[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "What should we call you?"), ("es", "¿Cómo quiere que le llamemos?"), ("ko", "어떻게 불러 드릴까요?")],
)
def test_it_opens_in_three_languages_without_an_account_and_keeps_nothing(
    client: Client, language: str, words: str
) -> None:
    answer = client.get("/clinic/start/", headers={"accept-language": language})
    assert words in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert not Intake.objects.exists()


def test_the_title_says_nothing_of_a_clinic(client: Client) -> None:
    title = client.get("/clinic/start/").content.decode().partition("<title>")[2].partition("</title>")[0]
    assert title.strip() == "Form"


def test_what_is_sent_lies_sealed_and_staff_find_it_as_new(client: Client, sign_in: SignIn) -> None:
    answer = send(client)
    assert answer.status_code == 200, answer.content.decode()
    row = Intake.objects.get()
    assert (row.source, row.language, row.topics, row.county) == ("web", "es", ["pay"], "los-angeles")
    assert row.expires_at is not None
    assert timedelta(days=13) < row.expires_at - clock.now() <= timedelta(days=14)
    with connection.cursor() as cursor:
        cursor.execute("select * from clinic_intake")
        assert b"Lupe" not in b"".join(bytes(str(value), "utf-8") for value in cursor.fetchone())
    page = sign_in(Role.FRONT_DESK).get("/clinic/intake/?show=web").content.decode()
    assert "Lupe" in page
    assert "Lupe" not in sign_in(Role.FRONT_DESK).get("/clinic/intake/").content.decode()


def test_the_receipt_shows_where_it_stands_and_nothing_that_was_told(client: Client, sign_in: SignIn) -> None:
    receipt = receipt_on(send(client).content.decode())
    assert len(receipt) == 11
    page = client.post("/clinic/status/", {"receipt": receipt.lower().replace("-", " ")}).content.decode()
    assert "We have it." in page
    assert "Lupe" not in page
    sign_in(Role.COUNSELLOR).post(f"/clinic/intake/{Intake.objects.get().pk}/take/")
    assert "Somebody is looking at it." in client.post("/clinic/status/", {"receipt": receipt}).content.decode()
    assert receipt.replace("-", "") not in str(Intake.objects.values().get())


def test_an_unknown_code_and_a_bad_one_have_their_words(client: Client) -> None:
    assert "We know no such code." in client.post("/clinic/status/", {"receipt": "00000-00000"}).content.decode()
    answer = client.post("/clinic/status/", {"receipt": "hello"})
    assert answer.status_code == 422
    assert "ten letters and numbers" in answer.content.decode()


def test_the_sixth_try_in_an_hour_is_refused(client: Client) -> None:
    answers = [client.post("/clinic/status/", {"receipt": "00000-0000" + n}).status_code for n in "012345"]
    assert answers == [200] * 5 + [429]


def test_the_same_form_sent_five_times_is_one_intake_with_one_receipt(client: Client) -> None:
    pages = [receipt_on(send(client).content.decode()) for _ in range(5)]
    assert len(set(pages)) == 1
    assert Intake.objects.count() == 1


def test_the_sixth_from_one_place_in_an_hour_is_refused_with_words(client: Client) -> None:
    for number in range(5):
        assert send(client, token=token(key=f"{number:032x}")).status_code == 200
    answer = send(client, token=token(key=f"{9:032x}"))
    assert answer.status_code == 429
    assert Intake.objects.count() == 5
    assert "Lupe" in answer.content.decode()


def test_the_address_is_kept_nowhere(client: Client) -> None:
    send(client)
    with connection.cursor() as cursor:
        cursor.execute("select cache_key, value from core_cache")
        kept = str(cursor.fetchall())
    assert "127.0.0.1" not in kept
    assert "intake:send:" in kept


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "http://spam.example"},
        {"token": "forged"},
        {"token": signing.dumps({"key": "0" * 32, "at": time.time()}, salt="another")},
    ],
)
def test_what_a_program_sends_is_not_kept(client: Client, changes: dict[str, str]) -> None:
    assert send(client, **changes).status_code == 422
    assert not Intake.objects.exists()


def test_too_quick_comes_back_once_with_everything_still_there(client: Client) -> None:
    answer = send(client, token=token(seconds_ago=0))
    assert answer.status_code == 422
    assert "Lupe" in answer.content.decode()
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"call_me": ""}, "call_me"),
        ({"ways": []}, "ways"),
        ({"phone": ""}, "phone"),
        ({"topics": []}, "topics"),
        ({"date_on": ""}, "date_on"),
        ({"date_on": "2031-01-01"}, "date_on"),
        ({"date_of": "birthday"}, "date_of"),
        ({"county": ""}, "county"),
        ({"language": "xx"}, "language"),
    ],
)
def test_the_least_is_asked_for_in_words(client: Client, changes: dict[str, Any], field: str) -> None:
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Intake.objects.exists()


def test_somebody_who_comes_back_needs_no_number(client: Client) -> None:
    assert send(client, ways=["come_back"], phone="").status_code == 200


@pytest.mark.parametrize(
    ("date_of", "topic"),
    [("last_day", "pay"), ("act_on", "pay"), ("injury_on", "injured"), ("unfair_last", "treated_differently")],
)
def test_the_one_date_finds_its_place(client: Client, date_of: str, topic: str) -> None:
    send(client, date_of=date_of)
    row = Intake.objects.get()
    assert topic in row.topics
    assert row.first_due_on is not None
    with access.viewing(Actor(system="test")):
        assert reads.answers_of(row).day(date_of) is not None


@pytest.mark.parametrize(
    ("date_of", "ago", "days"), [("ui_letter", 12, 18), ("wage_decision", 4, 6), ("hearing", -6, 6), ("hearing", 0, 0)]
)
def test_a_letter_or_a_hearing_calls_the_counsellor(
    client: Client, sign_in: SignIn, date_of: str, ago: int, days: int
) -> None:
    sign_in(Role.COUNSELLOR)
    send(client, date_of=date_of, date_on=(clock.today() - timedelta(days=ago)).isoformat())
    assert Intake.objects.get().first_due_on == clock.today() + timedelta(days=days)
    assert Task.objects.count() == 1


@pytest.mark.parametrize("silence", ["unknown", "unsaid"])
def test_nobody_has_to_know_a_date_or_to_say_it(client: Client, silence: str) -> None:
    page = client.get("/clinic/start/", headers={"accept-language": "ko"}).content.decode()
    assert "모르겠어요" in page
    assert "말하고 싶지 않아요" in page
    assert send(client, date_of=silence, date_on="").status_code == 200
    with access.viewing(Actor(system="test")):
        assert reads.answers_of(Intake.objects.get()).text("call_me") == "Lupe"


def test_only_a_hearing_lies_ahead(client: Client) -> None:
    ahead = (clock.today() + timedelta(days=3)).isoformat()
    answer = send(client, date_of="ui_letter", date_on=ahead)
    assert answer.status_code == 422
    assert "date_on" in answer.context["form"].errors


def test_over_two_hundred_a_day_are_held_back_and_page_nobody(
    client: Client, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.COUNSELLOR)
    monkeypatch.setattr("centro.clinic.actions.public.A_CENTER_A_DAY", 1)
    near = {"date_of": "act_on", "date_on": (clock.today() - timedelta(days=160)).isoformat()}
    send(client, token=token(key=f"{1:032x}"), **near)
    send(client, token=token(key=f"{2:032x}"), **near)
    held = [row.is_held_back for row in Intake.objects.order_by("at")]
    assert held == [False, True]
    assert Task.objects.count() <= 1


def test_after_fourteen_days_it_is_destroyed(client: Client) -> None:
    send(client)
    Intake.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert actions.forget_expired(by=Actor(system="test")) == 1
    assert not Intake.objects.exists()


def test_numbers_are_never_kept(client: Client) -> None:
    answer = send(client, call_me="Lupe 123-45-6789")
    assert answer.status_code == 422
    assert send(client, call_me="Lupe 123-45-6789", removal="remove").status_code == 200
    with access.viewing(Actor(system="test")):
        assert reads.answers_of(Intake.objects.get()).text("call_me") == "Lupe […]"


# --- receipts and limits ---------------------------------------------------------------------------------------


def test_a_receipt_is_read_as_people_type_it() -> None:
    assert receipts.as_typed(" o1i-lu 00000 ") == receipts.as_typed("0111V00000")
    assert receipts.as_typed("0111V0000") == ""
    assert receipts.as_typed("0111V0000é") == ""


def test_old_moments_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.time()
    for _ in range(5):
        assert limits.may("try", "someone", limits.TRYING)
    assert not limits.may("try", "someone", limits.TRYING)
    assert limits.may("try", "another", limits.TRYING)
    monkeypatch.setattr("centro.clinic.intake.limits.time.time", lambda: start + limits.HOUR + 1)
    assert limits.may("try", "someone", limits.TRYING)


def test_today_says_that_somebody_wrote(client: Client, sign_in: SignIn) -> None:
    assert "from the web" not in sign_in(Role.FRONT_DESK).get("/").content.decode()
    send(client)
    assert "1 intake came from the web" in sign_in(Role.FRONT_DESK).get("/").content.decode()
    assert "from the web" not in sign_in(Role.ORGANIZER).get("/").content.decode()


# --- proof of work ----------------------------------------------------------------------------------------------------


def test_the_form_says_how_hard_to_work(client: Client, settings: Any) -> None:
    page = client.get("/clinic/start/").content.decode()
    assert f'data-work="{BITS}"' in page
    assert "clinic/work.js" in page
    settings.WORK_BITS = 0
    assert "clinic/work.js" not in client.get("/clinic/start/").content.decode()


def test_with_proof_of_work_it_is_new_and_not_held_back(client: Client) -> None:
    assert send(client).status_code == 200
    assert not Intake.objects.get().is_held_back


@pytest.mark.parametrize("number", ["", "no", "²", "9" * 21])
def test_without_it_the_form_is_kept_and_held_back(client: Client, number: str) -> None:
    answer = send(client, works=False, work=number, date_of="injury_on")
    assert answer.status_code == 200
    assert receipt_on(answer.content.decode())
    assert Intake.objects.get().is_held_back
    assert not Task.objects.exists()


def test_the_third_without_it_in_an_hour_is_refused_and_one_with_it_is_not(client: Client) -> None:
    for number in range(2):
        assert send(client, works=False, token=token(key=f"{number:032x}")).status_code == 200
    answer = send(client, works=False, token=token(key=f"{7:032x}"))
    assert answer.status_code == 429
    assert "Lupe" in answer.content.decode()
    assert send(client, token=token(key=f"{8:032x}")).status_code == 200


def test_work_of_one_form_does_not_serve_another(client: Client) -> None:
    one, other = token(key=f"{1:032x}"), token(key=f"{2:032x}")
    numbers = (str(number) for number in range(1_000_000))
    only_one = next(n for n in numbers if work.is_done(one, n, bits=BITS) and not work.is_done(other, n, bits=BITS))
    send(client, works=False, token=other, work=only_one)
    assert Intake.objects.get().is_held_back
