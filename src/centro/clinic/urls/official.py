"""Addresses of the official forms that an officer brings."""

from django.urls import URLPattern, path

from centro.clinic.views import official

urlpatterns: list[URLPattern] = [
    path("forms/", official.official_forms, name="official_forms"),
    path("forms/<slug:name>/", official.official_form, name="official_form"),
    path("forms/<slug:name>/pages/<int:page>/", official.official_page, name="official_page"),
    path("forms/<slug:name>/try/", official.try_official_form, name="try_official_form"),
    path("forms/<slug:name>/drop/", official.drop_official_form, name="drop_official_form"),
]
