"""Builders of small cases for the tests of the wage law: one worker, one week or a few, plain figures."""

from __future__ import annotations

from datetime import date, timedelta

from wagelaw import claim

SUNDAY = date(2025, 2, 2)


def day(number):
    """The date so many days after the first Sunday."""
    return str(SUNDAY + timedelta(days=number))


def shift(number, minutes=None, **more):
    """A stretch on day `number`, by minutes or by `start` and `end`."""
    timed = {} if minutes is None else {"minutes": minutes}
    return {"date": day(number), **timed, **more}


def hourly(amount="20.00", first=0, last=27, **more):
    """An hourly agreement."""
    return {"from": day(first), "to": day(last), "basis": "hourly", "amount": amount, **more}


def paid(amount, first=0, last=6, on=12, **more):
    """A payment for a week."""
    return {"from": day(first), "to": day(last), "paid_on": day(on), "amount": amount, **more}


def case(**more):
    """A case in California, computed sixty days after its first Sunday."""
    return {"place": "US-CA", "computed_on": day(60), "pay": [hourly()], **more}


def document(**more):
    """The claim of `case(**more)` as a document."""
    return claim(case(**more)).as_json()


def amount(found, code):
    """What a document owes under a code, or None."""
    return next((item["amount"] for item in found["items"] if item["code"] == code), None)


def barred(found, code):
    """What of a code is time-barred, or None."""
    return next((item["time_barred"] for item in found["items"] if item["code"] == code), None)


def why(found, code):
    """Why a code is not covered, or None."""
    return next((entry["why"] for entry in found["not_covered"] if entry["code"] == code), None)
