"""From answers to deadlines, to the laws that cover a worker, and to the first sentences about hours and pay."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_week
from centro.clinic.forms.intake import AmountField
from centro.clinic.intake import covered, deadlines, sentences
from centro.clinic.intake.answers import Answers, split, spoken

TODAY = date(2026, 11, 23)
RIDE_SHARE = {
    "place": "US-CA-los-angeles",
    "work": "app_driving",
    "label": "contractor",
    "app_kind": "ride_hail",
    "app_sets_hours": "no",
    "app_forces_accepting": "no",
    "app_bars_other_apps": "no",
    "app_bars_other_work": "no",
}
DOMESTIC = {
    "place": "US-CA-los-angeles",
    "work": "home",
    "label": "employee",
    "hired_by": "family",
    "home_duties": "house",
    "live_in": "no",
}


def test_answers_travel_as_text_and_come_back() -> None:
    answers = Answers({"call_me": "민지", "topics": ["pay"], "last_day": {"on": "2026-11-01", "confidence": "rough"}})
    back = Answers.from_text(answers.as_text())
    assert back == answers
    assert back.day("last_day") is not None
    assert Answers.from_text("") == Answers()


def test_silence_is_an_answer_and_counts_as_done() -> None:
    answers = Answers({"topics": ["pay"], "unpaid_first": {"not": "unknown"}, "_seen": ["unpaid"]})
    unpaid = next(screen for screen in answers.way() if screen.id == "unpaid")
    assert answers.is_done(unpaid)
    assert answers.is_silent("unpaid_first") == "unknown"
    assert answers.day("unpaid_first") is None
    assert deadlines.events(answers) == []


def test_a_screen_that_the_web_answered_in_part_is_asked_again() -> None:
    answers = Answers({"topics": ["pay"], "county": "los-angeles"})
    where = next(screen for screen in answers.way() if screen.id == "where")
    assert not answers.is_done(where)


def test_the_way_leads_only_to_screens_that_matter() -> None:
    assert "unpaid" not in [screen.id for screen in Answers({"topics": ["injured"]}).way()]
    assert {"hurt", "injury"} <= {screen.id for screen in Answers({"topics": ["injured"]}).way()}


def test_a_corrected_answer_takes_what_hung_on_it_along() -> None:
    answers = Answers({"topics": ["injured"], "injury_on": {"on": "2026-01-01"}, "still_there": "yes", "last_day": {}})
    assert set(answers.with_({"topics": ["pay"]}).only_way().given) == {"topics", "still_there"}


def test_the_story_is_split_from_what_the_desk_reads() -> None:
    desk, story = split(Answers({"call_me": "Ana", "story": "words", "pay_got": "100", "owner_names": ["Kim"]}))
    assert set(desk.given) == {"call_me", "owner_names"}
    assert set(story.given) == {"story", "pay_got"}


def test_choices_are_spoken_in_the_workers_language() -> None:
    assert list(spoken(Answers({"topics": ["pay", "injured"]}), "topics", "es"))[:1] == ["Mi pago"]


# --- deadlines --------------------------------------------------------------------------------------------------


def fired_after_a_safety_complaint() -> Answers:
    return Answers(
        {
            "topics": ["fired"],
            "still_there": "no",
            "last_day": {"on": "2026-11-01", "confidence": "sure"},
            "how_ended": "discharged",
            "act": "fired",
            "act_on": {"on": "2026-11-01", "confidence": "rough"},
            "because": ["safety_complaint"],
            "because_on": {"on": "2026-10-20", "confidence": "sure"},
        }
    )


def test_a_firing_after_a_safety_complaint_has_thirty_days() -> None:
    answers = fired_after_a_safety_complaint()
    first = next(row for row in deadlines.running(answers, today=TODAY, language="en") if row["body"] == "osha")
    assert (first["on"], first["days"], first["certainty"]) == ("2026-12-01", 8, "provisional")
    assert deadlines.shortest(answers, today=TODAY) == 8


def test_a_deadline_that_is_over_is_told_apart() -> None:
    late = date(2026, 12, 2)
    running = [row["clock"] for row in deadlines.running(fired_after_a_safety_complaint(), today=late, language="en")]
    over = [row["clock"] for row in deadlines.passed(fired_after_a_safety_complaint(), today=late, language="en")]
    assert set(over)
    assert not set(running) & set(over)


@pytest.mark.parametrize(("letter", "days"), [("ui_notice_mailed", 30), ("ui_decision_mailed", 30), ("oda_served", 10)])
def test_a_letter_counts_from_its_mail_date(letter: str, days: int) -> None:
    answers = Answers({"letter_from": letter, "letter_on": {"on": "2026-11-20", "confidence": "sure"}})
    assert deadlines.shortest(answers, today=date(2026, 11, 20)) == days


def test_the_way_a_decision_was_served_lengthens_only_what_is_shown_beside() -> None:
    answers = Answers(
        {"letter_from": "oda_served", "letter_on": {"on": "2026-11-16"}, "letter_served": "mail_california"}
    )
    row = next(r for r in deadlines.running(answers, today=TODAY, language="en") if r["whose"] == "worker")
    assert row["on"] == "2026-11-26"
    assert row["extended_on"] > row["on"]


@pytest.mark.parametrize("at", ["conference_on", "ui_hearing_on", "other"])
@pytest.mark.parametrize(
    ("day", "days"), [("2026-11-23", 0), ("2026-11-26", 3), ("2026-11-19", 0), ("2026-06-01", None)]
)
def test_a_hearing_cannot_wait_wherever_it_is(at: str, day: str, days: int | None) -> None:
    answers = Answers({"hearing_of": at, "hearing_on": {"on": day}})
    assert deadlines.shortest(answers, today=TODAY) == days


@pytest.mark.parametrize(("letter", "days"), [("claim_dismissed", 2), ("retaliation_decided", 7)])
def test_a_letter_that_a_lawyer_has_to_read_cannot_wait(letter: str, days: int) -> None:
    answers = Answers({"letter_from": letter, "letter_on": {"on": "2026-11-23"}})
    assert deadlines.shortest(answers, today=TODAY) == days


@pytest.mark.parametrize(
    ("letter", "mailed", "may_be_saved"),
    [
        ("oda_served", "2026-11-10", True),
        ("ui_notice_mailed", "2026-10-20", True),
        ("ui_notice_mailed", "2026-06-20", False),
    ],
)
def test_a_day_that_just_passed_is_looked_at_today(letter: str, mailed: str, may_be_saved: bool) -> None:
    answers = Answers({"letter_from": letter, "letter_on": {"on": mailed, "confidence": "sure"}})
    late = deadlines.late(answers, today=TODAY, language="es")
    assert bool(late) == may_be_saved
    assert all(row["days"] < 0 for row in late)
    assert deadlines.shortest(answers, today=TODAY) == (0 if may_be_saved else None)


def test_two_missed_paydays_are_two_events_and_one_is_one() -> None:
    one = {"on": "2025-01-15", "confidence": "rough"}
    both = Answers({"unpaid_first": one, "unpaid_last": {"on": "2026-10-15"}})
    assert [event["on"] for event in deadlines.events(both)] == ["2025-01-15", "2026-10-15"]
    assert len(deadlines.events(Answers({"unpaid_first": one, "unpaid_last": one}))) == 1


def test_nothing_told_starts_nothing() -> None:
    assert deadlines.running(Answers(), today=TODAY, language="ko") == []
    assert deadlines.shortest(Answers(), today=TODAY) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2,800", "2800"), ("$2800", "2800"), ("16.50", "16.5"), ("16,50", "16.5"), ("1,234.5", "1234.5"), ("", "")],
)
def test_an_amount_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert AmountField(required=False).clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["0", "-5", "many", "2,800 $", "1,000,000,000", "NaN", "1e3", "²", "2.800", "12.345", "1,2,3"]
)
def test_an_amount_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        AmountField(required=False).clean(typed)


# --- coverage ---------------------------------------------------------------------------------------------------

LANGUAGES = ("en", "es", "ko")


def answers_of(found: list[covered.Law]) -> dict[str, str]:
    return {law.id: law.answer for law in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ride_share_driver_under_proposition_22(language: str) -> None:
    found = covered.laws(Answers(RIDE_SHARE), on=TODAY, language=language)
    answers = answers_of(found)
    assert answers["prop22"] == answers["status"] == answers["ca_minimum_wage"] == answers["ca_overtime"] == "left_out"
    assert answers["prop22_floor"] == "protected"
    assert answers["flsa_minimum_wage"] == answers["federal_status"] == "unsettled"
    remains = [words for law in found for row in law.shown["rows"] for words in row["remains"]]
    assert any("120" in words for words in remains)
    assert any("AB 1340" in words for words in remains)
    assert all(row["source"] for law in found for row in law.shown["rows"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_that_forces_accepting_makes_the_driver_an_employee(language: str) -> None:
    found = answers_of(
        covered.laws(Answers({**RIDE_SHARE, "app_forces_accepting": "yes"}), on=TODAY, language=language)
    )
    assert found["status"] == found["ca_minimum_wage"] == found["ca_overtime"] == "protected"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_domestic_worker_has_every_wage_law_but_not_the_federal_union_law(language: str) -> None:
    found = covered.laws(Answers(DOMESTIC), on=TODAY, language=language)
    answers = answers_of(found)
    for law in ("flsa_minimum_wage", "flsa_overtime", "ca_minimum_wage", "ca_overtime", "ca_meals_and_rests"):
        assert answers[law] == "protected", law
    nlra = next(law for law in found if law.id == "nlra")
    assert nlra.answer == "left_out"
    assert any("232" in words for row in nlra.shown["rows"] for words in row["remains"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_live_in_attendant_has_nine_hours_and_no_federal_overtime(language: str) -> None:
    care = {**DOMESTIC, "home_duties": "personal_care", "chores_over_fifth": "no", "live_in": "yes"}
    found = covered.laws(Answers(care), on=TODAY, language=language)
    assert answers_of(found)["flsa_overtime"] == "left_out"
    overtime = next(law for law in found if law.id == "ca_overtime")
    assert overtime.answer == "protected"
    assert "9" in overtime.shown["rows"][0]["why"]


def test_words_differ_by_language_and_english_stands_beside() -> None:
    spanish, korean = (covered.laws(Answers(DOMESTIC), on=TODAY, language=code) for code in ("es", "ko"))
    assert spanish[0].shown["name"] != korean[0].shown["name"]
    assert [law.english for law in spanish] == [law.english for law in korean]


def test_what_the_worker_does_not_know_is_asked_and_never_assumed() -> None:
    unknown: dict[str, Any] = {**DOMESTIC, "live_in": {"not": "unknown"}}
    found = covered.laws(Answers(unknown), on=TODAY, language="en")
    overtime = next(law for law in found if law.id == "flsa_overtime")
    assert overtime.answer == "needs_fact"
    assert [need["fact"] for need in overtime.shown["needs"]] == ["live_in"]


def test_a_disputed_contractor_sees_both_answers() -> None:
    janitor = Answers({"work": "general", "business": "other", "label": "contractor", "controls_work": "yes"})
    assert covered.is_disputed(janitor)
    rows = {
        row.english: (row.as_contractor, row.as_employee) for row in covered.both_ways(janitor, on=TODAY, language="es")
    }
    assert ("left_out", "protected") in rows.values()
    assert any("overtime" in name.lower() for name in rows)


def test_an_app_driver_is_not_asked_to_choose_between_labels() -> None:
    assert not covered.is_disputed(Answers(RIDE_SHARE))


def test_groups_begin_with_what_protects() -> None:
    groups = [name for name, _ in covered.grouped(covered.laws(Answers(RIDE_SHARE), on=TODAY, language="en"))]
    assert (groups[0], groups[-1]) == ("protected", "left_out")
    assert "unsettled" in groups


# --- hours and pay ------------------------------------------------------------------------------------------------


def test_the_cook_of_koreatown_in_two_lines() -> None:
    cook = Answers(
        {
            "week_kind": "usual",
            "week_days": ["mon", "tue", "wed", "thu", "fri", "sat"],
            "week_from": "10:30",
            "week_to": "22:00",
            "meal_minutes": "20",
            "rests": "none",
            "pay_kind": "month",
            "pay_got": "2800",
            "pay_how": ["cash"],
        }
    )
    assert sentences.hand_over(cook) == ["Mon-Sat 10:30-22:00, one 20-minute meal, no rests", "$2800 cash a month"]


def test_scattered_days_and_no_meal() -> None:
    answers = Answers(
        {"week_days": ["sun", "mon", "wed"], "week_from": "08:00", "week_to": "12:00", "meal_minutes": "0"}
    )
    assert sentences.usual_week(answers) == "Mon, Wed, Sun 08:00-12:00, no meal"


@pytest.mark.parametrize("days", [["mon"], ["mon", "tue"], ["sun", "mon", "wed"], list(sentences.DAYS)])
@pytest.mark.parametrize("meal", ["", "0", "20", "45"])
@pytest.mark.parametrize("rests", ["", "all", "some", "none"])
def test_the_hours_screen_reads_every_usual_week(days: list[str], meal: str, rests: str) -> None:
    told = {"week_days": days, "week_from": "22:30", "week_to": "06:00", "meal_minutes": meal, "rests": rests}
    found = read_week(sentences.usual_week(Answers().with_(told)), TODAY)
    assert found.is_whole, (sentences.usual_week(Answers().with_(told)), found)
    assert sum(len(line.weekdays) for line in found.lines) == len(days)


@pytest.mark.parametrize("each", sentences.EACH)
@pytest.mark.parametrize("how", [["cash"], ["check"], ["cash", "check"]])
def test_the_hours_screen_reads_pay_as_told(each: str, how: list[str]) -> None:
    told = Answers({"pay_kind": each, "pay_got": "2800.5", "pay_how": how})
    found = read_pay(sentences.pay_as_told(told), TODAY)
    assert (found.unread, found.missing) == ((), ())
    assert found.terms[0].amount == 280050


def test_what_was_promised_stands_beside_what_came() -> None:
    told = Answers({"pay_kind": "hour", "pay_got": "12", "pay_promised": "18", "overtime_paid": "nothing"})
    assert sentences.hand_over(told) == ["$12 an hour", "promised: $18 an hour", "overtime: not paid"]
    assert sentences.hand_over(Answers({"pay_kind": "piece", "pay_got": "2"})) == []


def test_an_irregular_week_has_no_sentence() -> None:
    answers = Answers({"week_kind": "irregular", "week_days": ["mon"], "week_from": "08:00", "week_to": "12:00"})
    assert sentences.usual_week(answers) == ""
    assert sentences.hand_over(Answers()) == []


def test_a_screen_that_was_passed_over_is_not_asked_again_and_a_needed_answer_still_is() -> None:
    backup, name = (next(screen for screen in Answers().way() if screen.id == code) for code in ("backup", "name"))
    answers = Answers().after(backup, {"backup_name": ""}).after(name, {})
    assert answers.is_done(backup)
    assert not answers.is_done(name)
    desk, _story = split(answers.only_way())
    assert desk.is_done(backup)
