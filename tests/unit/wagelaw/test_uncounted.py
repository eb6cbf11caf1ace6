"""Minutes the employer did not count, on a day in two stretches: each loses its own overtime only."""

from wagelaw import claim


def test_a_meal_early_in_the_day_takes_no_straight_minute_from_what_was_not_counted() -> None:
    """404 minutes with a meal after the first; a week of 40 straight hours before, so that 11 minutes are premium."""
    days = [{"date": f"2025-03-{day:02}", "start": "08:00", "end": "15:47", "meals": []} for day in range(2, 7)]
    last = {
        "date": "2025-03-07",
        "start": "08:00",
        "end": "15:14",
        "meals": [{"start": "08:01", "end": "08:31"}],
        "paid_minutes": 0,
    }
    case = {
        "place": "US-CA",
        "computed_on": "2025-04-01",
        "pay": [{"from": "2025-03-02", "to": "2025-03-08", "basis": "hourly", "amount": "60.00", "per": "hour"}],
        "shifts": [*days, last],
        "payments": [{"from": "2025-03-02", "to": "2025-03-08", "paid_on": "2025-03-10", "amount": "2400.00"}],
        "claims": ["unpaid_wages", "overtime"],
    }
    week = claim(case).as_json()["weeks"][0]
    premium = week["overtime_minutes"]
    unpaid = next(item for item in claim(case).as_json()["items"] if item["code"] == "unpaid_wages")
    assert week["minutes_worked"] == 5 * 467 + 404
    straight = 404 - premium
    assert unpaid["amount"] == f"{straight}.00", (premium, unpaid)
