"""Addresses of the clinic: one file for each part of it."""

from django.urls import URLPattern

from centro.clinic.urls import cases, matters, money, night

app_name = "clinic"
urlpatterns: list[URLPattern] = [
    *cases.urlpatterns,
    *matters.urlpatterns,
    *money.urlpatterns,
    *night.urlpatterns,
]
