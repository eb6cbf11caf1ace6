"""Background work of organizing: forgetting what has been kept long enough."""

from datetime import timedelta

from centro.core.jobs import Period
from centro.core.policy import system
from centro.organizing import actions, retention
from centro.organizing.actions import events_calls, events_door
from centro.organizing.members import renewals as members_renewals


def forget() -> int:
    return retention.forget_ended_campaigns(by=system("retention of assessments and ties"))


def tidy() -> int:
    by = system("confidential ties of people who are gone")
    gone = retention.drop_broken_ties(by=by) + retention.forget_settled_reports(by=by)
    return gone + retention.forget_waiting_reports(by=by) + retention.forget_day_notes(by=by)


def remind_of_events() -> int:
    return events_calls.remind_callers(by=system("calls before an event"))


def forget_the_door() -> int:
    return events_door.forget_the_door(by=system("walk-ins and links of events that are over"))


def raise_overdue() -> int:
    return actions.raise_overdue_walks(by=system("a pair that is not back"))


def renew_memberships() -> int:
    by = system("dues that run out")
    return members_renewals.lapse(by=by) + members_renewals.remind(by=by)


PERIODS = (
    Period("organizing.members", timedelta(hours=1), renew_memberships),
    Period("organizing.raise_overdue", timedelta(minutes=5), raise_overdue),
    Period("organizing.events", timedelta(hours=1), remind_of_events),
    Period("organizing.door", timedelta(hours=12), forget_the_door),
    Period("organizing.forget", timedelta(hours=12), forget),
    Period("organizing.tidy", timedelta(hours=12), tidy),
)
