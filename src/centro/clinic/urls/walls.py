"""Addresses of holds, legal demands, the radar and the numbers."""

from django.urls import URLPattern, path

from centro.clinic.views import dashboard, productions, radar, walls

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/protection/", walls.protection, name="protection"),
    path("cases/<uuid:case_id>/hold/", walls.place_hold, name="place_hold"),
    path("intake/<uuid:intake_id>/hold/", walls.hold_person, name="hold_person"),
    path("cases/<uuid:case_id>/hold/settle/", walls.settle_hold, name="settle_hold"),
    path("demands/", walls.demands, name="demands"),
    path("demands/add/", walls.receive_demand, name="receive_demand"),
    path("demands/<uuid:demand_id>/", walls.demand, name="demand"),
    path("demands/<uuid:demand_id>/produce/", productions.propose, name="propose_production"),
    path("productions/<uuid:production_id>/", productions.production, name="production"),
    path("productions/<uuid:production_id>/settle/", productions.settle, name="settle_production"),
    path("people/<uuid:person_id>/status/", walls.status, name="status"),
    path("same-employer/", radar.same_employer, name="same_employer"),
    path("numbers/", dashboard.dashboard, name="dashboard"),
]
