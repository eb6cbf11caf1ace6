"""Addresses of evidence."""

from django.urls import URLPattern, path

from centro.clinic.views import evidence

_ONE = "cases/<uuid:case_id>/evidence/<uuid:exhibit_id>/"
urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/evidence/", evidence.evidence, name="evidence"),
    path("cases/<uuid:case_id>/evidence/add/", evidence.add_evidence, name="add_evidence"),
    path(f"{_ONE}edit/", evidence.edit_exhibit, name="edit_exhibit"),
    path(f"{_ONE}confirm/", evidence.confirm_exhibit, name="confirm_exhibit"),
    path(f"{_ONE}set-aside/", evidence.set_aside_exhibit, name="set_aside_exhibit"),
]
