"""Addresses of campaigns, contacts, lists, field mode and paper."""

from django.urls import URLPattern, path

from centro.organizing.views import charts, contacts, field, home, lists, paper, person, visit_paper

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("left-alone/", home.left_alone, name="left_alone"),
    path("campaigns/add/", home.add_campaign, name="add_campaign"),
    path("campaigns/<uuid:campaign_id>/", home.campaign, name="campaign"),
    path("campaigns/<uuid:campaign_id>/edit/", home.edit_campaign, name="edit_campaign"),
    path("campaigns/<uuid:campaign_id>/team/", home.change_team, name="change_team"),
    path("campaigns/<uuid:campaign_id>/visit-form/", visit_paper.blank_form, name="visit_form"),
    path("campaigns/<uuid:campaign_id>/list/", lists.add_list, name="add_list"),
    path("campaigns/<uuid:campaign_id>/chart/<uuid:workplace_id>/", charts.chart, name="chart"),
    path(
        "campaigns/<uuid:campaign_id>/chart/<uuid:workplace_id>/add/",
        charts.add_department,
        name="add_department",
    ),
    path(
        "campaigns/<uuid:campaign_id>/chart/<uuid:workplace_id>/departments/<uuid:department_id>/",
        charts.edit_department,
        name="edit_department",
    ),
    path(
        "campaigns/<uuid:campaign_id>/chart/<uuid:workplace_id>/place/<uuid:person_id>/",
        charts.place,
        name="place",
    ),
    path(
        "campaigns/<uuid:campaign_id>/chart/<uuid:workplace_id>/take-off/<uuid:person_id>/",
        charts.take_off,
        name="take_off_chart",
    ),
    path("people/<uuid:person_id>/", person.person, name="person"),
    path("people/<uuid:person_id>/log/", contacts.log_contact, name="log"),
    path("people/<uuid:person_id>/visit-sheet/", visit_paper.visit_sheet, name="visit_sheet"),
    path("people/<uuid:person_id>/assess/", person.assess, name="assess"),
    path("people/<uuid:person_id>/ties/add/", person.add_tie, name="add_tie"),
    path("people/<uuid:person_id>/put-on/", lists.put_on, name="put_on"),
    path("ties/<uuid:tie_id>/end/", person.end_tie, name="end_tie"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<uuid:assignment_id>/", lists.list_page, name="list"),
    path("lists/<uuid:assignment_id>/nobody-home/", contacts.nobody_home, name="nobody_home"),
    path("lists/<uuid:assignment_id>/sheet/", paper.sheet, name="sheet"),
    path("lists/<uuid:assignment_id>/pages/", visit_paper.list_pages, name="list_pages"),
    path("lists/<uuid:assignment_id>/enter/", paper.enter, name="enter"),
    path("sheets/", paper.find_sheet, name="find_sheet"),
    path("lists/<uuid:assignment_id>/end/", lists.end_list, name="end_list"),
    path("lists/<uuid:assignment_id>/packs/<uuid:pack_id>/revoke/", lists.revoke, name="revoke"),
    path("field/lists/", field.carriable, name="carriable"),
    path("field/packs/", field.take_pack, name="take_pack"),
    path("field/outbox/", field.receive, name="receive"),
    path("field/worker.js", field.worker, name="worker"),
    path("field/<str:language>/app.webmanifest", field.manifest, name="manifest"),
    path("field/<str:language>/", field.field, name="field"),
    path("reports/", field.reports, name="reports"),
    path("reports/<uuid:report_id>/settle/", field.settle, name="settle"),
    path("stops/<uuid:stop_id>/", lists.stop, name="stop"),
    path("stops/<uuid:stop_id>/log/", contacts.log_stop, name="log_stop"),
    path("stops/<uuid:stop_id>/take-off/", lists.take_off, name="take_off"),
]
