"""Addresses of assessments of many."""

from django.urls import URLPattern, path

from centro.organizing.views import assess

urlpatterns: list[URLPattern] = [
    path("campaigns/<uuid:campaign_id>/assess/", assess.assess_many, name="assess_many"),
    path("campaigns/<uuid:campaign_id>/trends/", assess.trends, name="trends"),
]
