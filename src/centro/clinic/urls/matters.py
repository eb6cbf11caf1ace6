"""Addresses of the board, of matters, deadlines, the log, the team, and the diary."""

from django.urls import URLPattern, path

from centro.clinic.views import agenda, board, clocks, log, matters, named

_CASE = "cases/<uuid:case_id>"
_MATTER = "matters/<uuid:matter_id>"

urlpatterns: list[URLPattern] = [
    path("", board.board, name="home"),
    path("cases/", board.cases, name="cases"),
    path("calendar/", agenda.feed, name="feed"),
    path("calendar/make/", agenda.make_feed, name="make_feed"),
    path("calendar/end/", agenda.end_feed, name="end_feed"),
    path("calendar/<str:secret>.ics", agenda.ics, name="ics"),
    path(f"{_CASE}/matters/begin/", matters.begin_matter, name="begin_matter"),
    path(f"{_CASE}/moves/<slug:event>/", matters.move_case, name="move_case"),
    path(f"{_CASE}/clocks/", clocks.clocks, name="clocks"),
    path(f"{_CASE}/clocks/note/", clocks.note_happening, name="note_happening"),
    path(f"{_CASE}/happenings/<uuid:happening_id>/", clocks.correct_happening, name="correct_happening"),
    path(f"{_CASE}/clocks/<uuid:clock_id>/confirm/", clocks.confirm, name="confirm_clock"),
    path(f"{_CASE}/clocks/<uuid:clock_id>/met/", clocks.meet, name="meet_clock"),
    path(f"{_CASE}/clocks/<uuid:clock_id>/missed/", clocks.miss, name="miss_clock"),
    path(f"{_CASE}/clocks/<uuid:clock_id>/reopen/", clocks.reopen, name="reopen_clock"),
    path(f"{_CASE}/clocks/<uuid:clock_id>/set/", clocks.set_clock, name="set_clock"),
    path(f"{_CASE}/log/", log.log, name="log"),
    path(f"{_CASE}/log/<uuid:line_id>/answered/", log.answered, name="answered"),
    path(f"{_CASE}/team/", log.team, name="case_team"),
    path(f"{_CASE}/team/join/", log.join, name="join_case"),
    path(f"{_CASE}/team/own/", log.own, name="own_case"),
    path(f"{_CASE}/team/<uuid:place_id>/leave/", log.leave, name="leave_case"),
    path(f"{_CASE}/attorney-file/", log.attorney_file, name="attorney_file"),
    path(f"{_MATTER}/", matters.matter, name="matter"),
    path(f"{_MATTER}/next/", matters.set_next, name="set_next"),
    path(f"{_MATTER}/attorney/", matters.set_attorney, name="set_attorney"),
    path(f"{_MATTER}/hand-over/", matters.hand_over, name="hand_over_matter"),
    path(f"{_MATTER}/restrict/", matters.restrict, name="restrict_matter"),
    path(f"{_MATTER}/named/", named.named, name="matter_named"),
    path(f"{_MATTER}/named/<uuid:place_id>/off/", named.take_off, name="unname"),
    path(f"{_MATTER}/advice/", matters.advice, name="advice"),
    path(f"{_MATTER}/moves/<slug:event>/", matters.move_matter, name="move_matter"),
    path(f"{_MATTER}/moves/<slug:event>/ask/", matters.ask_attorney, name="ask_about_move"),
    path(f"{_MATTER}/dates/<uuid:hearing_id>/cancel/", agenda.cancel_hearing, name="cancel_hearing"),
]
