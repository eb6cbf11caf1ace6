"""Addresses of saved searches."""

from django.urls import URLPattern, path

from centro.organizing.views import searches

urlpatterns: list[URLPattern] = [
    path("campaigns/<uuid:campaign_id>/searches/", searches.save_search, name="save_search"),
    path("searches/<uuid:search_id>/", searches.search, name="search"),
    path("searches/<uuid:search_id>/edit/", searches.edit_search, name="edit_search"),
    path("searches/<uuid:search_id>/drop/", searches.drop_search, name="drop_search"),
]
