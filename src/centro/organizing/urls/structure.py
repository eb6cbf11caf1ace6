"""Addresses of structure tests."""

from django.urls import URLPattern, path

from centro.organizing.views import structure

urlpatterns: list[URLPattern] = [
    path("tests/", structure.tests, name="tests"),
    path("campaigns/<uuid:campaign_id>/tests/add/", structure.add_test, name="add_test"),
    path("tests/<uuid:test_id>/", structure.structure_test, name="structure_test"),
    path("tests/<uuid:test_id>/edit/", structure.edit_test, name="edit_test"),
    path("tests/<uuid:test_id>/tick/", structure.tick, name="tick_test"),
    path("tests/<uuid:test_id>/tick/<uuid:person_id>/", structure.mark, name="mark_act"),
    path("tests/<uuid:test_id>/sheet/", structure.print_sheet, name="print_test"),
    path("tests/<uuid:test_id>/enter/", structure.enter_test, name="enter_test"),
]
