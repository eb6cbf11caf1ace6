"""The codes that the clinic's tables hold in clear, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """From the door to what we do for the worker."""

    NEW = "new", _("New")
    TRIAGED = "triaged", _("Dates taken")
    CONFLICT = "conflict", _("Possible conflict")
    CLEARED = "cleared", _("No conflict")
    INTERVIEW = "interview", _("Interview")
    ASSESSED = "assessed", _("Service to be chosen")
    INFO_ONLY = "info_only", _("Information only")
    BRIEF_HELP = "brief_help", _("Brief help")
    FULL = "full", _("Full help")
    REFERRED = "referred", _("Referred elsewhere")
    DECLINED = "declined", _("Not taken")
    LOST_CONTACT = "lost_contact", _("Contact lost")
    CLOSED = "closed", _("Closed")


OVER = frozenset({CaseState.REFERRED, CaseState.DECLINED, CaseState.LOST_CONTACT, CaseState.CLOSED})


class Topic(models.TextChoices):
    """What the worker came about."""

    PAY = "pay", _("Pay")
    FIRED = "fired", _("Lost the job")
    TREATED_DIFFERENTLY = "treated_differently", _("Treated differently or harassed")
    PUNISHED = "punished", _("Punished for speaking up")
    BENEFITS = "benefits", _("Benefits denied")
    INJURED = "injured", _("Hurt at work")
    OTHER = "other", _("Something else")


class Route(models.TextChoices):
    """The legal routes; each is a matter of its own, because filing one does not file another."""

    WAGE_CLAIM = "wage_claim", _("Wage claim, Labor Commissioner")
    RETALIATION = "retaliation", _("Retaliation complaint, Labor Commissioner")
    DISCRIMINATION = "discrimination", _("Discrimination or harassment, Civil Rights Department")
    UNEMPLOYMENT = "unemployment", _("Unemployment insurance")
    SAFETY = "safety", _("Workplace safety")
    RECORDS = "records", _("Request for records")
    BOFE = "bofe", _("Report of a group, Bureau of Field Enforcement")
    PAGA = "paga", _("PAGA, referral to an attorney")
    SMALL_CLAIMS = "small_claims", _("Small claims court")
    DEMAND = "demand", _("Demand letter only")
    ADVICE = "advice", _("Know your rights")


class AdviceTopic(models.TextChoices):
    """What an advice matter is about: one sheet for each (content/advice/)."""

    WAGE_THEFT = "wage_theft", _("Wage theft")
    WRONGFUL_TERMINATION = "wrongful_termination", _("Wrongful termination")
    DISCRIMINATION = "discrimination", _("Discrimination")
    SEXUAL_HARASSMENT = "sexual_harassment", _("Sexual harassment")
    WHISTLEBLOWING = "whistleblowing", _("Whistleblowing")
    UNEMPLOYMENT_INSURANCE = "unemployment_insurance", _("Unemployment insurance")
    RETALIATION = "retaliation", _("Retaliation")


class AttorneyStatus(models.TextChoices):
    """Who stands behind a matter; what is privileged depends on it."""

    NONE = "none", _("No attorney")
    SUPERVISED = "supervised", _("Supervised by an attorney")
    REPRESENTED = "represented", _("Represented by an attorney")


class ClockState(models.TextChoices):
    """How sure a deadline is, and what became of it."""

    PROVISIONAL = "provisional", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    ATTORNEY_SET = "attorney_set", _("Set by an attorney")
    MET = "met", _("Met")
    MISSED = "missed", _("Missed")


class Confidence(models.TextChoices):
    """How well somebody remembers."""

    SURE = "sure", _("Sure")
    ROUGH = "rough", _("Roughly")
    GUESS = "guess", _("A guess")


class LogKind(models.TextChoices):
    """What was done for the worker."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    VISIT = "visit", _("Visit")
    APPOINTMENT = "appointment", _("Appointment")
    LETTER = "letter", _("Letter")
    NOTE = "note", _("Note")
