"""Addresses of the organizing module: one file for each part of it."""

from django.urls import URLPattern

from centro.organizing.urls import base, network

app_name = "organizing"
urlpatterns: list[URLPattern] = [
    *base.urlpatterns,
    *network.urlpatterns,
]
