"""Addresses of the clinic: one file for each part of it."""

from django.urls import URLPattern

from centro.clinic.urls import (
    advice,
    approvals,
    cases,
    evidence,
    facts,
    hours,
    intake,
    matters,
    money,
    night,
    official,
    papers,
    public,
    walls,
)

app_name = "clinic"
urlpatterns: list[URLPattern] = [
    *advice.urlpatterns,
    *approvals.urlpatterns,
    *cases.urlpatterns,
    *evidence.urlpatterns,
    *facts.urlpatterns,
    *hours.urlpatterns,
    *matters.urlpatterns,
    *intake.urlpatterns,
    *money.urlpatterns,
    *night.urlpatterns,
    *official.urlpatterns,
    *papers.urlpatterns,
    *walls.urlpatterns,
    *public.urlpatterns,
]
