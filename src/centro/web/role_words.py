"""The policy table in words that staff can read. A verb without words stops the tests."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.core import policy
from centro.core.classes import FieldClass, Relation, Role

Words = str | Promise

RECORDS: dict[str, Words] = {
    "person": _("People"),
    "workplace": _("Employers and workplaces"),
    "tag": _("Tags"),
    "campaign": _("Campaigns"),
    "contact": _("Visits, assessments and ties"),
    "assignment": _("Visit lists"),
    "event": _("Events and turnout"),
    "lockdown": _("Lock-down"),
    "referral": _("Handing on between organizing and the clinic"),
    "import": _("Lists that come in"),
    "export": _("Lists that go out"),
    "document": _("Papers and uploads"),
    "intake": _("Intakes of the clinic"),
    "case": _("Cases of the clinic"),
    "clinic": _("The clinic as a whole"),
    "appointment": _("Appointments and the queue"),
    "night": _("Clinic nights"),
    "legal_demand": _("Legal demands"),
    "attorney_file": _("Attorney files"),
    "approver": _("Approving attorneys"),
    "task": _("Tasks"),
    "message": _("Messages"),
    "member": _("Members, dues, committees"),
    "user": _("Staff accounts"),
    "setting": _("Settings of the center"),
    "log": _("Logs"),
    "center": _("Every day"),
}
VERBS: dict[str, Words] = {
    "center.home": _("open Today"),
    "center.roles": _("read this page"),
    "center.account": _("look after their own account"),
    "person.find": _("search by name"),
    "person.see": _("open the file"),
    "person.add": _("add somebody"),
    "person.edit": _("correct the file"),
    "person.consent": _("note what the person agrees to"),
    "person.message": _("write to them, as far as they agreed"),
    "person.print": _("print what we hold about them"),
    "person.reveal": _("tap to see a hidden phone number; each tap is logged"),
    "person.restrict": _("set the file aside when the person asks"),
    "person.merge": _("merge two files of one person"),
    "person.export": _("take out lists"),
    "person.propose_purge": _("propose to destroy a file"),
    "person.approve_purge": _("give the second yes to destroying a file"),
    "workplace.find": _("search"),
    "workplace.see": _("open"),
    "workplace.add": _("add"),
    "workplace.edit": _("correct"),
    "tag.see": _("read them and put them on people"),
    "campaign.see": _("see the campaigns they are on"),
    "campaign.add": _("start one"),
    "campaign.edit": _("change it and its team"),
    "contact.see": _("read what was said, where people stand and whom they know, in their campaigns"),
    "contact.add": _("note a visit or a call"),
    "assignment.see": _("open the lists of their shift or campaign"),
    "assignment.edit": _("hand out lists, release what to say first, revoke copies on phones"),
    "assignment.carry": _("carry a list on the phone, encrypted, for 72 hours"),
    "lockdown.start": _("revoke everything that is outside at once: copies on phones, lists, links"),
    "referral.to_clinic": _("tell the clinic, for somebody who agreed, that they want legal help"),
    "referral.to_organizing": _("tell organizing, for somebody who agreed, that they want a visit"),
    "referral.take": _("take up whoever the clinic sends for a visit"),
    "event.see": _("see who was asked to events, what they said and who came, in their campaigns"),
    "event.add": _("add an event"),
    "event.edit": _("change one, call, remind and ask people, and hand out links for its door"),
    "event.check_in": _("say who came, at an event where they help at the door"),
    "import.see": _("see what came in"),
    "import.add": _("bring in a table"),
    "import.undo": _("take a whole table back"),
    "export.see": _("see what went out"),
    "export.ask": _("ask for a list"),
    "export.approve": _("approve a list that somebody else asked for"),
    "document.open": _("open the papers of those whose file they may open"),
    "intake.see": _("see who waits, and what they told at the door"),
    "intake.start": _("begin one"),
    "intake.edit": _("ask the first twelve questions: no story"),
    "intake.print": _("print deadlines and which laws cover the worker"),
    "intake.assign": _("let a volunteer or interpreter help with one, for a shift"),
    "intake.take": _("take one over"),
    "intake.reveal": _("open a hidden name or number of the one they help with, a counted number of times"),
    "intake.interview": _("hear the story and decide how we help, in their own"),
    "intake.clear": _("decide about a conflict of interest"),
    "case.see": _("open them"),
    "case.open": _("open a new one"),
    "case.edit": _("correct them"),
    "case.move": _("move them on: next action, state, deadlines"),
    "case.log": _("write into the service log"),
    "case.assign": _("say who works on them"),
    "case.set_clock": _("set another day for a deadline, with the reason"),
    "case.approve": _("approve the papers that apply the law to a case, or return them"),
    "case.settle": _("settle a question of unsettled law for a case, with the reason"),
    "case.hold": _("put them under a litigation hold, and lift it"),
    "case.produce": _("propose what is handed over when a demand must be answered"),
    "case.release": _("release what somebody else proposed to hand over"),
    "clinic.radar": _("see where several workers have one employer"),
    "clinic.totals": _("see totals of cases and money, without names"),
    "clinic.team": _("say who works in the clinic"),
    "clinic.status": _("see that a worker who agreed was received, has an appointment, or is done"),
    "appointment.see": _("see who comes when, by call name and language"),
    "appointment.reveal": _("open a hidden number of their shift, a counted number of times"),
    "appointment.book": _("book, and write into the queue"),
    "appointment.move": _("say that somebody came, where they are, and that they are done"),
    "night.see": _("see the night and its hand-over notes"),
    "night.hand_over": _("write a hand-over note"),
    "night.run": _("open and close a night, and give shifts"),
    "legal_demand.see": _("read them"),
    "legal_demand.add": _("write down one that arrived"),
    "legal_demand.edit": _("say who answers, and what became of it"),
    "approver.see": _("see who approves papers"),
    "approver.name": _("name an attorney who approves papers"),
    "attorney_file.see": _("read the attorney file"),
    "attorney_file.add": _("write into the attorney file"),
    "task.see": _("see their own and the ones they gave"),
    "task.add": _("give tasks to themselves and others"),
    "task.do": _("tick them off"),
    "message.outbox": _("send what waits in the outbox, read the answers that come to the desk"),
    "message.see": _("read and answer texts of the people of their campaigns"),
    "member.see": _("see who is a member, and until when dues are paid"),
    "member.join": _("take in members, note that they left"),
    "member.pay": _("take dues and give receipts"),
    "member.print": _("print cards, receipts and the pledge"),
    "member.seat": _("form committees, say who sits on them"),
    "member.totals": _("see the sums of dues, without names"),
    "member.tally": _("hold the assembly: quorum, and counting the ballots"),
    "message.send": _("send texts one by one to the people of their list, in languages they speak"),
    "user.name": _("see the names of colleagues"),
    "user.see": _("see accounts and roles"),
    "user.invite": _("invite"),
    "user.propose_role": _("propose a role"),
    "user.approve_role": _("approve a role that somebody else proposed"),
    "user.end_session": _("end a session"),
    "user.disable": _("close an account"),
    "setting.see": pgettext_lazy("settings", "see"),
    "setting.edit": pgettext_lazy("settings", "change"),
    "log.read": _("read who opened and changed what: never the words themselves"),
    "log.verify": _("check that nothing was taken out of the logs"),
}
RELATIONS: dict[Relation, Words] = {
    Relation.CENTER: _("of the whole center"),
    Relation.OWN: _("in their own care"),
    Relation.TEAM: _("of their team’s campaign or case"),
    Relation.ASSIGNED: _("on their list for the shift"),
    Relation.PROGRAM: _("in their program"),
}
CLASSES: dict[FieldClass, Words] = {
    FieldClass.C2: _("names and how to reach people"),
    FieldClass.C3: _("sensitive facts: what happened, assessments, papers"),
    FieldClass.C4: _("the attorney’s file"),
}
ABOUT_ROLES: dict[Role, Words] = {
    Role.FRONT_DESK: _("Finds and greets everybody who comes in or calls."),
    Role.ORGANIZER: _("Visits, meets and organizes the people of their campaigns."),
    Role.COUNSELLOR: _("Helps workers with their cases."),
    Role.ATTORNEY: _("Advises and represents; keeps the attorney’s file."),
    Role.MANAGER: _("Runs a program and forms its teams."),
    Role.DIRECTOR: _("Answers for the whole center; approves."),
    Role.TRAINER: _("Runs trainings and keeps attendance."),
    Role.DISPATCHER: _("Runs the hiring hall."),
    Role.OUTREACH: _("Meets people where they work and live."),
    Role.VOLUNTEER: _("Helps with a list, for one shift."),
    Role.INTERPRETER: _("Interprets for the people on the list of the shift."),
    Role.STEWARD: _("Keeps the records clean: imports, merges, purges."),
    Role.ADMIN: _("Looks after accounts, settings, keys and backups; sees nobody’s file."),
    Role.AUDITOR: _("Checks the logs; sees nobody’s file."),
}


@dataclass(frozen=True)
class Line:
    """One kind of record: what the role does with it, with whose, and what it sees of them."""

    record: Words
    whose: list[Words]
    verbs: list[Words]
    sees: list[Words]
    is_masked: bool
    is_name_only: bool


@dataclass(frozen=True)
class RoleInWords:
    role: Role
    about: Words
    lines: list[Line]
    sees_people: bool


@dataclass(frozen=True)
class Table:
    """What everybody may do, and what each role may do beside it; the reader's own role first."""

    everybody: list[Words]
    roles: list[RoleInWords]


def table(first: Role | None = None) -> Table:
    explained = policy.explain()
    shared = frozenset.intersection(*(_verbs(grants) for grants in explained.values()))
    roles = sorted(explained, key=lambda role: (role is not first, list(Role).index(role)))
    return Table(_words(shared), [_role(role, explained[role], shared) for role in roles])


def _verbs(grants: list[policy.Grant]) -> frozenset[str]:
    return frozenset(verb for grant in grants for verb in grant.verbs)


def _words(verbs: frozenset[str]) -> list[Words]:
    return [words for verb, words in VERBS.items() if verb in verbs]


def _role(role: Role, grants: list[policy.Grant], shared: frozenset[str]) -> RoleInWords:
    lines = [_line(record, [grant for grant in grants if grant.record == record], shared) for record in RECORDS]
    sees_people = any(grant.record == "person" and grant.opens for grant in grants)
    return RoleInWords(role, ABOUT_ROLES[role], [line for line in lines if line.verbs], sees_people)


def _line(record: str, grants: list[policy.Grant], shared: frozenset[str]) -> Line:
    opens = {klass for grant in grants for klass in grant.opens}
    is_of_people = record == "person"
    return Line(
        record=RECORDS[record],
        whose=[RELATIONS[grant.relation] for grant in grants] if is_of_people else [],
        verbs=_words(_verbs(grants) - shared),
        sees=[CLASSES[klass] for klass in sorted(opens) if klass in CLASSES] if is_of_people else [],
        is_masked=any(grant.masked for grant in grants),
        is_name_only=all(grant.only for grant in grants),
    )
