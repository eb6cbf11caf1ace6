"""Addresses of the people module."""

from django.urls import path

from centro.people.views import add, consents, duplicates, find, parts, person, purges, workplaces

app_name = "people"
urlpatterns = [
    path("", find.people, name="people"),
    path("search/", find.search, name="search"),
    path("type-ahead/", find.type_ahead, name="type_ahead"),
    path("add/", add.add_person, name="add_person"),
    path("look-alikes/", add.look_alikes, name="look_alikes"),
    path("purges/", purges.purges, name="purges"),
    path("purges/<uuid:purge_id>/approve/", purges.approve_purge, name="approve_purge"),
    path("purges/<uuid:purge_id>/cancel/", purges.cancel_purge, name="cancel_purge"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:merge_id>/undo/", duplicates.undo_merge, name="undo_merge"),
    path("<uuid:one_id>/same-as/<uuid:other_id>/", duplicates.compare, name="compare"),
    path("<uuid:one_id>/not-same-as/<uuid:other_id>/", duplicates.not_same, name="not_same"),
    path("workplaces/", workplaces.workplaces, name="workplaces"),
    path("workplaces/pick/", workplaces.pick_workplace, name="pick_workplace"),
    path("workplaces/add/", workplaces.add_workplace, name="add_workplace"),
    path("workplaces/<uuid:workplace_id>/", workplaces.workplace, name="workplace"),
    path("workplaces/<uuid:workplace_id>/edit/", workplaces.edit_workplace, name="edit_workplace"),
    path("<uuid:person_id>/", person.person, name="person"),
    path("<uuid:person_id>/edit/", person.edit_person, name="edit_person"),
    path("<uuid:person_id>/reveal/", person.reveal, name="reveal"),
    path("<uuid:person_id>/print/", person.print_out, name="print_out"),
    path("<uuid:person_id>/restrict/", person.restrict, name="restrict"),
    path("<uuid:person_id>/hand-over/", person.hand_over, name="hand_over"),
    path("<uuid:person_id>/purge/", purges.propose_purge, name="propose_purge"),
    path("<uuid:person_id>/consents/<str:purpose>/", consents.give_consent, name="give_consent"),
    path(
        "<uuid:person_id>/consents/<uuid:consent_id>/withdraw/",
        consents.withdraw_consent,
        name="withdraw_consent",
    ),
    path("<uuid:person_id>/<str:kind>/add/", parts.add_part, name="add_part"),
    path("<uuid:person_id>/<str:kind>/<uuid:part_id>/edit/", parts.edit_part, name="edit_part"),
    path("<uuid:person_id>/<str:kind>/<uuid:part_id>/remove/", parts.remove_part, name="remove_part"),
]
