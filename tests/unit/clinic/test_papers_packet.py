"""The packet: every box in the form's own order, every cent as the wage law has it, in three languages."""

import json
import re
from functools import cache
from time import perf_counter
from typing import Any

import pytest

import wagelaw
from centro.clinic.papers import form1, hearing, sheets
from centro.clinic.papers.packet import Proof, Told, packet
from centro.core import content
from centro.core.documents.typeset import render
from tests.pdf import text_of
from wagelaw.claims.result import Claim

FRAME = {"center": "Centro", "contact": "", "accent": "#c2410c", "mark": "Paper", "page": "Page {n} of {m}"}
COOK = {
    "place": "US-CA-los-angeles",
    "computed_on": "2026-11-23",
    "employer_headcount": 8,
    "employment": {"start": "2022-03-07", "end": "2026-06-30", "separation": "discharged"},
    "pay": [
        {"from": "2022-03-07", "to": "2024-12-31", "basis": "salary", "amount": "2800.00", "per": "month"},
        {"from": "2025-01-01", "to": "2026-06-30", "basis": "salary", "amount": "3000.00", "per": "month"},
    ],
    "patterns": [
        {
            "from": "2022-03-07",
            "to": "2026-06-30",
            "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
            "start": "10:30",
            "end": "22:00",
            "meals": [{"minutes": 20, "after_minutes": 240}],
            "rest_periods": 0,
            "confidence": "rough",
        }
    ],
    "payment_patterns": [
        {"from": "2022-03-07", "to": "2024-12-31", "every": "month", "amount": "2800.00", "method": "cash"},
        {"from": "2025-01-01", "to": "2026-06-30", "every": "month", "amount": "3000.00", "method": "cash"},
    ],
}
PROOF = Proof("A", "Photos of the schedule", "Schedule", "May 3, 2026", "the worker", 3, "brought in", ("ab" * 32,))


@cache
def cook() -> Claim:
    return wagelaw.claim(COOK)


def told(**more: Any) -> Told:
    given = {"facts": {"worker_name": "Chung-ho Seo", "employer_name": "Hanmat House"}, "proofs": [PROOF]}
    return Told(**{**given, "needs_interpreter": True, "has_attorney": False, "attorney": "", **more})


def printed(template: str, text: str, data: dict[str, Any], language: str) -> str:
    title = content.text("print", text, language).title
    pdf = render(template, {"title": title, "text": [], **data, "frame": FRAME}, language)
    return text_of(pdf)


def cents(text: str) -> int:
    return int(text.replace("$", "").replace(",", "").replace(".", "") or 0)


def test_the_boxes_stand_in_the_order_of_the_form() -> None:
    numbers = [int(found[0]) for row in form1.table()["rows"] if (found := re.findall(r"^\d+", row["box"]))]
    assert numbers == sorted(numbers)
    assert set(range(1, 36)) - {8} <= set(numbers)


def test_what_we_do_not_keep_is_a_line_for_the_pen() -> None:
    rows = form1.boxes(COOK, {"worker_name": "Chung-ho Seo"}, "en", needs_interpreter=True)
    answers = {row[0]: row[2] for row in rows}
    assert answers["11"] == answers["9"] == form1.PEN
    assert answers["7–8"] == "Chung-ho Seo"
    assert answers["5"] == "Yes"
    assert answers["12"] == ""
    assert answers["32"] == (
        "$2800.00 a month (March 7, 2022 – December 31, 2024); $3000.00 a month (January 1, 2025 – June 30, 2026)"
    )


def test_box_36_and_37_hold_every_cent_of_the_claim_but_interest() -> None:
    claim = cook()
    rows, subtotal, penalties = form1.claimed_rows(claim, "en")
    amounts = sum(cents(row[-1]) for row in [*rows, *penalties])
    totals = claim.totals()
    assert amounts == totals["total"] - totals["interest"]
    assert cents(subtotal) == sum(cents(row[-1]) for row in rows)
    assert [row[0] for row in rows if row[1] in {"Overtime and double time", "Vacation"}] == ["[x]", "[ ]"]


def test_every_item_code_of_the_wage_law_has_its_place() -> None:
    from wagelaw.case.fields import ITEM_CODES

    placed = {code for part in ("claims", "penalties") for row in form1.table()[part] for code in row["codes"]}
    assert placed == set(ITEM_CODES) - {"interest"}


def test_the_hours_statement_counts_every_cent_of_wages_and_every_minute() -> None:
    claim = cook()
    rows = sheets.periods(claim)
    assert sum(row.owed for row in rows) == claim.totals()["wages"]
    assert all(row.regular + row.overtime + row.double == row.minutes for row in rows)
    november = next(row for row in rows if row.first.isoformat() == "2023-11-01")
    assert (november.overtime, november.double, november.meals, november.paid) == (6860, 0, 26, 280_000)


def test_a_sheet_holds_one_rate_and_eighteen_periods() -> None:
    found = sheets.hours_statement(cook(), "en")
    assert all(len(sheet["rows"]) <= sheets.ROWS_A_SHEET for sheet in found)
    assert all({row[2] for row in sheet["rows"]} == {sheet["rate"]} for sheet in found)
    owed = sum(cents(sheet["totals"][10]) for sheet in found)
    assert owed == cook().totals()["wages"]


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_the_calculation_shows_each_line_and_the_totals_of_the_wage_law(language: str) -> None:
    claim = cook()
    for item, shown in zip(claim.items, sheets.calculation(claim, language), strict=True):
        assert sum(cents(row[-1]) for row in shown["rows"]) == item.cents == cents(shown["total"])
    assert cents(sheets.totals(claim, language)[-1][1]) == claim.totals()["total"]


def test_the_day_log_has_every_day_that_can_still_be_claimed() -> None:
    months = sheets.day_log(cook(), "en")
    assert months[0]["month"] == "2023-11"
    assert months[0]["days"][0] == "Wed 1 10:30–22:00 (20 min) 11:10~"
    assert sum(len(month["days"]) for month in months) == sum(
        1 for shift in cook().calendar.shifts if shift.date.isoformat() >= "2023-11-01"
    )


def test_without_an_attorney_it_says_that_it_is_no_advice() -> None:
    assert packet(cook(), COOK, told(), "en")["note"].startswith("Information, not legal advice.")
    assert "not legal advice" not in packet(cook(), COOK, told(has_attorney=True, attorney="Ada Park"), "en")["note"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Box 36", "Exhibit A", "Hours statement (Form 55)", "What happens next"]),
        ("es", ["Casilla 36", "¿Tiene que ver con que lo llamaron", "Prueba A", "audiencia"]),
        ("ko", ["36번 칸", "통상 임금", "최저임금", "증거 A"]),
    ],
)
def test_the_printed_packet_can_be_read_and_searched(language: str, words: list[str]) -> None:
    data = packet(cook(), COOK, told(), language)
    text = printed("clinic_packet", "clinic_packet", data, language)
    total = f"${cook().totals()['total'] / 100:,.2f}"
    assert total in text
    assert "ab" * 32 in text
    assert "Chung-ho Seo" in text
    for word in words:
        assert word in text, word


def both_languages() -> float:
    """Seconds for the claim and the packet in two languages."""
    began = perf_counter()
    claim = wagelaw.claim(COOK)
    for language in ("en", "ko"):
        json.dumps(data := packet(claim, COOK, told(), language))
        render("clinic_packet", {"title": "x", "text": [], **data, "frame": FRAME}, language)
    return perf_counter() - began


def test_both_languages_are_printed_in_two_seconds() -> None:
    assert min(both_languages() for _ in range(3)) < 2


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_the_hearing_kit_has_a_stamp_for_each_exhibit(language: str) -> None:
    data = hearing.hearing_kit([PROOF], "Chung-ho Seo / Hanmat House", language)
    text = printed("clinic_hearing", "hearing_kit", data, language)
    assert data["stamps"][0]["title"] in text
    assert "Chung-ho Seo / Hanmat House" in text
    assert len([block for block in data["blocks"] if block["kind"] == "item"]) > 15


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (COOK | {"pay": [*COOK["pay"], {"from": "2026-01-01", "to": "2026-06-30", "basis": "commission"}]}, ["155"]),
        (COOK, []),
    ],
)
def test_the_cover_names_forms_that_have_to_be_fetched(document: dict[str, Any], words: list[str]) -> None:
    cover = packet(cook(), document, told(), "en")["cover"]["rows"]
    assert [word for word in ("155", "Vacation pay schedule") if any(word in row[1] for row in cover)] == words


def test_irregular_hours_leave_the_week_blank() -> None:
    document = {**COOK, "patterns": [], "shifts": [{"date": "2026-05-04", "start": "09:00", "end": "19:00"}]}
    assert form1.week_grid(document, "en")["rows"] == []
    answers = {row[0]: row[2] for row in form1.boxes(document, {}, "en", needs_interpreter=False)}
    assert answers["30"] == "irregular: see the day log"


def test_a_claim_of_nothing_still_prints() -> None:
    document = {"place": "US-CA", "computed_on": "2026-11-23", "employment": {"start": "2026-01-05"}}
    data = packet(wagelaw.claim(document), document, told(proofs=[]), "en")
    text = printed("clinic_packet", "clinic_packet", data, "en")
    assert "No evidence was brought in yet." in text
