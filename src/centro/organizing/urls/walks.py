"""Addresses of going out with a list and coming back."""

from django.urls import URLPattern, path

from centro.organizing.views import walks

urlpatterns: list[URLPattern] = [
    path("lists/<uuid:assignment_id>/out/", walks.go_out, name="go_out"),
    path("walks/<uuid:walk_id>/longer/", walks.stay_longer, name="stay_longer"),
    path("walks/<uuid:walk_id>/back/", walks.come_back, name="come_back"),
    path("walks/said/", walks.walk_from_phone, name="walk_from_phone"),
]
