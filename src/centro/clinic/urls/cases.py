"""Addresses of cases."""

from django.urls import URLPattern, path

from centro.clinic.views import cases, heads

urlpatterns: list[URLPattern] = [
    path("people/<uuid:person_id>/", cases.cases_of, name="cases_of"),
    path("people/<uuid:person_id>/open/", cases.open_case, name="open_case"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/head/", heads.correct_head, name="correct_head"),
    path("cases/<uuid:case_id>/names/", heads.compare_names, name="compare_names"),
]
