"""Addresses of the network of people, the day and the week, and lock-downs."""

from django.urls import URLPattern, path

from centro.organizing.views import interop, lockdown, network, ties, week

urlpatterns: list[URLPattern] = [
    path("day/", week.debrief, name="debrief"),
    path("week/", week.week, name="week"),
    path("field-work/", week.field_day, name="field_day"),
    path("contacts/<uuid:contact_id>/correct/", week.correct, name="correct"),
    path("people/<uuid:person_id>/network/", network.network, name="network"),
    path("people/<uuid:person_id>/way/", network.way, name="way"),
    path("campaigns/<uuid:campaign_id>/way/<uuid:workplace_id>/", network.way_to_workplace, name="way_to_workplace"),
    path("ties/<uuid:tie_id>/name/", ties.name_tie, name="name_tie"),
    path("ties/<uuid:tie_id>/introduced/", ties.introduce, name="introduce"),
    path("people/<uuid:person_id>/quiet-ties/<uuid:tie_id>/end/", ties.end_quiet_tie, name="end_quiet_tie"),
    path("campaigns/<uuid:campaign_id>/osdi/", interop.osdi, name="osdi"),
    path("campaigns/<uuid:campaign_id>/osdi/<str:what>/", interop.take_osdi, name="take_osdi"),
    path("lockdown/", lockdown.lockdown, name="lockdown"),
    path("lockdown/start/", lockdown.start_lockdown, name="start_lockdown"),
]
