"""Addresses of the advice sheets: for anybody."""

from django.urls import URLPattern, path

from centro.clinic.views import advice

urlpatterns: list[URLPattern] = [
    path("rights/", advice.rights, name="rights"),
    path("rights/<slug:topic>/", advice.rights_sheet, name="rights_sheet"),
    path("rights/<slug:topic>/<slug:spoken>/", advice.rights_sheet, name="rights_sheet_in"),
]
