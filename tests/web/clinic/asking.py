"""How tests lead somebody through an intake: the answers of the cook, and one step after the other."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from centro.clinic.models import ApprovingAttorney, Intake
from centro.core import clock
from centro.core.models import User

COOK = {
    "name": {"call_me": "민지", "whole_name": "박민지"},
    "reach": {"ways": ["call", "text"], "phone": "(213) 555-0155", "voicemail_ok": "no"},
    "topics": {"topics": ["pay", "fired"]},
    "last_day": {"still_there": "no", "last_day": "2026-10-30", "last_day-sure": "sure", "how_ended": "discharged"},
    "unpaid": {"unpaid_first": "2025-02-28", "unpaid_first-sure": "rough", "unpaid_last": "2026-10-31"},
    "employer": {"sign_name": "Seoul Garden", "owner_names": "Kim Sung-ho\nKim Mi-ra"},
}
JOB = {
    "where": {"town": "Koreatown", "zip": "90005", "county": "los-angeles", "place": "US-CA-los-angeles"},
    "work": {"job_title": "cook", "work": "general", "business": "restaurant_hotel_care"},
    "boss": {"label": "employee"},
}
STORY = {
    "pay": {"pay_kind": "month", "pay_got": "$2,800", "pay_how": ["cash"]},
    "story": {"story": "해고됐어요"},
    "week": {"week_days": ["mon", "tue", "wed", "thu", "fri", "sat"], "week_from": "10:30", "week_to": "22:00"},
    "breaks": {"meal_minutes": "20", "rests": "none"},
    "assets": {"bank_name": "Hanmi", "assets": ["property"]},
    "goal": {"wants": ["money"]},
}


def address(intake: Intake, what: str = "") -> str:
    return f"/clinic/intake/{intake.pk}/{what}"


def ask(client: Client, intake: Intake, name: str, **answers: Any) -> HttpResponse:
    version = Intake.objects.get(pk=intake.pk).version
    page: Any = client.post(address(intake, f"ask/{name}/"), {**answers, "version": version})
    return page


def begin(client: Client, language: str = "ko") -> Intake:
    answer = client.post("/clinic/intake/begin/", {"language": language, "source": "walk_in"})
    assert answer.status_code == 302, answer.content.decode()
    return Intake.objects.get()


def told(client: Client, intake: Intake, screens: dict[str, dict[str, Any]]) -> None:
    for name, answers in screens.items():
        answer = ask(client, intake, name, **answers)
        assert answer.status_code == 302, (name, answer.content.decode())


def agree(client: Client, intake: Intake, *purposes: str) -> HttpResponse:
    answers = dict.fromkeys(purposes, "yes")
    answer: Any = client.post(address(intake, "consents/"), {"how": "spoken", **answers})
    return answer


def cleared(client: Client) -> Intake:
    intake = begin(client)
    told(client, intake, COOK)
    client.post(address(intake, "conflict/"))
    intake.refresh_from_db()
    return intake


def approver(by: User) -> ApprovingAttorney:
    row = ApprovingAttorney(user=by, name="Ana Abogada", bar_number="1", protocol_on=clock.today())
    row.save()
    return row


def assessed(client: Client, brought: Any = None) -> Intake:
    intake = cleared(client)
    if brought is not None:
        client.post(address(intake, "bring/"), {"brought": brought})
    agree(client, intake, "keep_file", "call")
    told(client, intake, JOB)
    client.post(address(intake, "finish/"))
    return intake
