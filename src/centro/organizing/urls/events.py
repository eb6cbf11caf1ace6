"""Addresses of events: turnout, calls, the door, and what is settled after."""

from django.urls import URLPattern, path

from centro.organizing.views import events, events_after, events_calls, events_door, events_host

urlpatterns: list[URLPattern] = [
    path("events/", events.events, name="events"),
    path("events/add/", events.add_event, name="add_event"),
    path("events/code/<str:code>/", events_door.door_code, name="door_code"),
    path("events/<uuid:event_id>/", events.event, name="event"),
    path("events/<uuid:event_id>/edit/", events.edit_event, name="edit_event"),
    path("events/<uuid:event_id>/call-off/", events.call_off, name="call_off_event"),
    path("events/<uuid:event_id>/helpers/", events.change_door, name="change_door"),
    path("events/<uuid:event_id>/ask/", events.event_ask, name="event_ask"),
    path("events/<uuid:event_id>/people/", events.event_people, name="event_people"),
    path("events/<uuid:event_id>/people/<uuid:person_id>/", events.commitment, name="event_person"),
    path("events/<uuid:event_id>/calls/", events_calls.calls, name="event_calls"),
    path("events/<uuid:event_id>/calls/<uuid:commitment_id>/", events_calls.note_call, name="event_called"),
    path("events/<uuid:event_id>/texts/", events_calls.text, name="event_texts"),
    path("events/<uuid:event_id>/papers/", events.print_paper, name="event_papers"),
    path("events/<uuid:event_id>/links/", events_host.make_link, name="add_event_link"),
    path("events/<uuid:event_id>/links/<uuid:link_id>/revoke/", events_host.revoke_link, name="revoke_event_link"),
    path("events/<uuid:event_id>/door/", events_door.door, name="door"),
    path("events/<uuid:event_id>/door/walk-in/", events_door.walk_in, name="door_walk_in"),
    path("events/<uuid:event_id>/door/count/", events_door.count, name="door_count"),
    path("events/<uuid:event_id>/door/<uuid:commitment_id>/", events_door.arrive, name="door_arrive"),
    path("events/<uuid:event_id>/enter/", events_after.enter, name="event_enter"),
    path("events/<uuid:event_id>/after/", events_after.after, name="event_after"),
    path("events/<uuid:event_id>/walk-ins/<uuid:walk_in_id>/", events_after.walk_in_known, name="event_walk_in"),
    path("door/<str:secret>/", events_host.host, name="host"),
    path("door/<str:secret>/walk-in/", events_host.host_walk_in, name="host_walk_in"),
    path("door/<str:secret>/count/", events_host.host_count, name="host_count"),
    path("door/<str:secret>/<uuid:commitment_id>/", events_host.host_arrive, name="host_arrive"),
]
