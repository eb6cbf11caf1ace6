"""Addresses of membership, committees and the assembly."""

from django.urls import URLPattern, path

from centro.organizing.views import members, members_meeting

urlpatterns: list[URLPattern] = [
    path("members/", members.members, name="members"),
    path("members/totals/", members.totals, name="totals"),
    path("members/<uuid:person_id>/", members.member, name="member"),
    path("members/<uuid:person_id>/join/", members.join, name="join"),
    path("members/<uuid:person_id>/edit/", members.edit_member, name="edit_member"),
    path("members/<uuid:person_id>/pay/", members.pay, name="pay"),
    path("members/<uuid:person_id>/card/", members.card, name="card"),
    path("members/<uuid:person_id>/pledge/", members.pledge, name="pledge"),
    path("members/<uuid:person_id>/leave/", members.leave, name="leave_membership"),
    path("members/<uuid:person_id>/seat/", members_meeting.seat, name="seat"),
    path("dues/<uuid:entry_id>/reverse/", members.reverse, name="reverse_payment"),
    path("dues/<uuid:entry_id>/receipt/", members.receipt, name="receipt"),
    path("committees/", members_meeting.committees, name="committees"),
    path("committees/add/", members_meeting.add_committee, name="add_committee"),
    path("committees/<uuid:committee_id>/", members_meeting.committee, name="committee"),
    path("committees/<uuid:committee_id>/end/", members_meeting.end_committee, name="end_committee"),
    path("seats/<uuid:seat_id>/end/", members_meeting.unseat, name="unseat"),
    path("assemblies/", members_meeting.assemblies, name="assemblies"),
    path("assemblies/<uuid:assembly_id>/", members_meeting.assembly, name="assembly"),
    path("assemblies/<uuid:assembly_id>/check-in/", members_meeting.check_in, name="check_in_member"),
    path("assemblies/<uuid:assembly_id>/ballots/", members_meeting.add_ballot, name="add_ballot"),
    path("ballots/<uuid:ballot_id>/tally/", members_meeting.tally, name="tally"),
]
