"""Addresses of the network of people, the day and the week, and lock-downs."""

from django.urls import URLPattern, path

from centro.organizing.views import lockdown

urlpatterns: list[URLPattern] = [
    path("lockdown/", lockdown.lockdown, name="lockdown"),
    path("lockdown/start/", lockdown.start_lockdown, name="start_lockdown"),
]
