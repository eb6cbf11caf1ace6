"""The lines of one item in words, for pages that show two languages side by side."""

import json
from datetime import date

import wagelaw

CASE = {
    "place": "US-CA-los-angeles",
    "computed_on": "2026-01-31",
    "pay": [{"from": "2025-03-03", "to": "2025-03-07", "basis": "hourly", "amount": "18.00"}],
    "shifts": [{"date": "2025-03-03", "start": "08:00", "end": "19:00"}],
    "payments": [{"from": "2025-03-03", "to": "2025-03-07", "paid_on": "2025-03-14", "amount": "144.00"}],
}


def test_each_line_says_its_days_its_money_and_its_last_day() -> None:
    claim = wagelaw.claim(CASE)
    (line,) = claim.lines_in_words("overtime", "en")
    assert line["cents"] == 8100
    assert (line["due"], line["file_by"]) == (date(2025, 3, 14), date(2028, 3, 14))
    assert line["words"] in claim.render("en")
    assert claim.lines_in_words("overtime", "ko")[0]["words"] in claim.render("ko")


def test_an_item_that_is_not_there_has_no_lines() -> None:
    assert wagelaw.claim(CASE).lines_in_words("tips", "en") == []


def test_the_error_stands_at_the_door() -> None:
    try:
        wagelaw.claim(json.loads("{}"))
    except wagelaw.CaseError as error:
        found = [problem.path for problem in error.problems]
    assert found == ["place", "computed_on"]
