"""Background work of organizing: forgetting what has been kept long enough."""

from datetime import timedelta

from centro.core.jobs import Period
from centro.core.policy import system
from centro.organizing import retention


def forget() -> int:
    return retention.forget_ended_campaigns(by=system("retention of assessments and ties"))


def tidy() -> int:
    by = system("confidential ties of people who are gone")
    return retention.drop_broken_ties(by=by) + retention.forget_settled_reports(by=by)


PERIODS = (
    Period("organizing.forget", timedelta(hours=12), forget),
    Period("organizing.tidy", timedelta(hours=12), tidy),
)
