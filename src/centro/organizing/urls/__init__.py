"""Addresses of the organizing module: one file for each part of it."""

from django.urls import URLPattern

from centro.organizing.urls import assess, base, events, ladder, members, network, searches, structure, texts, walks

app_name = "organizing"
urlpatterns: list[URLPattern] = [
    *assess.urlpatterns,
    *base.urlpatterns,
    *events.urlpatterns,
    *members.urlpatterns,
    *network.urlpatterns,
    *ladder.urlpatterns,
    *searches.urlpatterns,
    *structure.urlpatterns,
    *texts.urlpatterns,
    *walks.urlpatterns,
]
