"""Addresses of appointments and clinic nights."""

from django.urls import URLPattern, path

from centro.clinic.views import appointments, night

urlpatterns: list[URLPattern] = [
    path("day/", appointments.day, name="day"),
    path("board/", appointments.board, name="board"),
    path("walk-in/", appointments.walk_in, name="walk_in"),
    path("appointments/<uuid:appointment_id>/", appointments.change, name="change_appointment"),
    path("appointments/<uuid:appointment_id>/move/", appointments.move, name="move_appointment"),
    path("appointments/<uuid:appointment_id>/phone/", appointments.show_phone, name="show_phone"),
    path("appointments/<uuid:appointment_id>/remind/", appointments.remind, name="remind_appointment"),
    path("people/<uuid:person_id>/appointments/", appointments.appointments_of, name="appointments_of"),
    path("people/<uuid:person_id>/book/", appointments.book, name="book"),
    path("nights/open/", night.open_night, name="open_night"),
    path("nights/<uuid:night_id>/", night.night, name="night"),
    path("nights/<uuid:night_id>/shift/", night.give_shift, name="give_shift"),
    path("nights/<uuid:night_id>/room/", night.add_room, name="add_room"),
    path("nights/<uuid:night_id>/room/<uuid:room_id>/close/", night.close_room, name="close_room"),
    path("nights/<uuid:night_id>/hand-over/", night.hand_over, name="hand_over_night"),
    path("nights/<uuid:night_id>/close/", night.close_night, name="close_night"),
    path("nights/shifts/<uuid:shift_id>/end/", night.end_shift, name="end_shift"),
    path("answers/", night.answers, name="answers"),
    path("team/", night.team, name="team"),
    path("team/<uuid:place_id>/leave/", night.leave_team, name="leave_team"),
]
