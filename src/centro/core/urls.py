"""Addresses of the ground: accounts, roles, logs, papers."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [path("", include("centro.core.documents.urls"))]
