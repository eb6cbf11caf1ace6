"""Addresses of the clinic that anybody may open."""

from django.urls import URLPattern, path

from centro.clinic.views import public

urlpatterns: list[URLPattern] = [
    path("start/", public.start, name="public_start"),
    path("status/", public.status, name="public_status"),
]
