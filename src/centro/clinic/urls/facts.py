"""Addresses of facts."""

from django.urls import URLPattern, path

from centro.clinic.views import facts

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/facts/", facts.facts, name="facts"),
    path("cases/<uuid:case_id>/facts/<slug:code>/", facts.edit_fact, name="edit_fact"),
    path("cases/<uuid:case_id>/facts/<slug:code>/confirm/", facts.confirm_fact, name="confirm_fact"),
]
