"""Tables of organizing. Words, names and notes are sealed; codes, dates and assessment values are clear."""

from centro.core import inventory
from centro.organizing.models.campaigns import Campaign, Scale, Standing
from centro.organizing.models.charts import Department, Headcount, Post
from centro.organizing.models.contacts import Assessment, Contact
from centro.organizing.models.events import Commitment, Gathering, HostLink, Step, WalkIn
from centro.organizing.models.ladder import Climb, CoachingNote, Following, LadderStep, LeaderLink
from centro.organizing.models.lists import Assignment, Pack, Report, Stop, Walk
from centro.organizing.models.members import (
    Assembly,
    Ballot,
    Committee,
    DuesEntry,
    Membership,
    Presence,
    Seat,
    Tally,
)
from centro.organizing.models.searches import Search
from centro.organizing.models.structure import Act, StructureTest
from centro.organizing.models.texts import Guide, GuideText, ListGuide, Turn
from centro.organizing.models.ties import QuietTie, Tie
from centro.organizing.models.week import DayNote, LockDown

__all__ = [
    "Act",
    "Assembly",
    "Assessment",
    "Assignment",
    "Ballot",
    "Campaign",
    "Climb",
    "CoachingNote",
    "Commitment",
    "Committee",
    "Contact",
    "DayNote",
    "Department",
    "DuesEntry",
    "Following",
    "Gathering",
    "Guide",
    "GuideText",
    "Headcount",
    "HostLink",
    "LadderStep",
    "LeaderLink",
    "ListGuide",
    "LockDown",
    "Membership",
    "Pack",
    "Post",
    "Presence",
    "QuietTie",
    "Report",
    "Scale",
    "Search",
    "Seat",
    "Standing",
    "Step",
    "Stop",
    "StructureTest",
    "Tally",
    "Tie",
    "Turn",
    "Walk",
    "WalkIn",
]

inventory.register(
    {
        "organizing.standing.outcome": "outcome code of the last contact",
        "organizing.standing.basis": "code",
        "organizing.contact.kind": "code",
        "organizing.contact.outcome": "outcome code",
        "organizing.contact.where": "code",
        "organizing.contact.language": "language code",
        "organizing.contact.issues": "issue codes",
        "organizing.contact.ask": "code",
        "organizing.contact.answer": "code",
        "organizing.contact.no_step": "code",
        "organizing.contact.source": "code",
        "organizing.assessment.basis": "code",
        "organizing.tie.kind": "code",
        "organizing.tie.strength": "code",
        "organizing.quiettie.kind": "code",
        "organizing.quiettie.strength": "code",
        "organizing.headcount.shift": "code",
        "organizing.post.shift": "code",
        "organizing.assignment.kind": "code",
        "organizing.assignment.code": "short code of a printed list, drawn at random",
        "organizing.pack.role": "role code",
        "organizing.report.held": "code",
        "organizing.guidetext.language": "language code",
        "organizing.membership.state": "code",
        "organizing.membership.left_why": "code",
        "organizing.membership.pledge_version": "version of the text",
        "organizing.membership.pledge_language": "language code",
        "organizing.membership.pledge_digest": "SHA-256 of the text of the pledge, which everybody may read",
        "organizing.membership.said_how": "code",
        "organizing.membership.paying": "code",
        "organizing.duesentry.method": "code",
        "organizing.duesentry.why": "code",
        "organizing.seat.role": "code",
        "organizing.lockdown.counts": "codes of what was revoked, each with how many",
        "organizing.structuretest.what": "code",
        "organizing.act.deed": "code",
        "organizing.act.source": "code",
        "organizing.ladderstep.rung": "code",
        "organizing.coachingnote.shows": "code",
        "organizing.ladderstep.rules": "codes and numbers",
        "organizing.search.codes": "codes, days and record ids",
        "organizing.search.shared": "code",
    }
)
