"""Tables of the clinic. Words are sealed under the key of their case; codes, dates and cents are clear."""

from centro.clinic.models.agenda import Feed, Hearing, Reminder
from centro.clinic.models.approvals import ApprovingAttorney
from centro.clinic.models.cases import Case, Matter, Move, OfCase
from centro.clinic.models.clocks import Clock, Happening
from centro.clinic.models.evidence import Exhibit, ExhibitFile, ExhibitKind
from centro.clinic.models.facts import Fact
from centro.clinic.models.hours import ClaimVersion, HoursVersion, SettledLaw
from centro.clinic.models.intake import ConflictCheck, Intake, Source
from centro.clinic.models.log import AttorneyFile, AttorneyNote, LogLine
from centro.clinic.models.money import (
    AssetFact,
    CollectionStep,
    Installment,
    LedgerEntry,
    PastYear,
    PaymentPlan,
    Timer,
)
from centro.clinic.models.night import Appointment, HandOver, Night, Room, Shift
from centro.clinic.models.papers import Letter, LetterState
from centro.clinic.models.productions import Production
from centro.clinic.models.walls import Hold, LegalDemand, PersonHold
from centro.core import inventory

__all__ = [
    "Appointment",
    "ApprovingAttorney",
    "AssetFact",
    "AttorneyFile",
    "AttorneyNote",
    "Case",
    "ClaimVersion",
    "Clock",
    "CollectionStep",
    "ConflictCheck",
    "Exhibit",
    "ExhibitFile",
    "ExhibitKind",
    "Fact",
    "Feed",
    "HandOver",
    "Happening",
    "Hearing",
    "Hold",
    "HoursVersion",
    "Installment",
    "Intake",
    "LedgerEntry",
    "LegalDemand",
    "Letter",
    "LetterState",
    "LogLine",
    "Matter",
    "Move",
    "Night",
    "OfCase",
    "PastYear",
    "PaymentPlan",
    "PersonHold",
    "Production",
    "Reminder",
    "Room",
    "SettledLaw",
    "Shift",
    "Source",
    "Timer",
]

inventory.register(
    {
        "clinic.case.number": "number of the case",
        "clinic.case.state": "code",
        "clinic.case.topics": "codes",
        "clinic.case.language": "language code",
        "clinic.case.zip": "ZIP code",
        "clinic.case.county": "county",
        "clinic.case.industry": "NAICS code",
        "clinic.matter.route": "code",
        "clinic.matter.topic": "code",
        "clinic.matter.state": "code",
        "clinic.matter.attorney_status": "code",
        "clinic.move.event": "code",
        "clinic.move.from_state": "code",
        "clinic.move.to_state": "code",
        "clinic.happening.kind": "code",
        "clinic.happening.confidence": "code",
        "clinic.happening.facts": "codes by code",
        "clinic.clock.rule": "code",
        "clinic.clock.state": "code",
        "clinic.clock.reminded": "days before",
        "clinic.logline.kind": "code",
    }
)
