"""Addresses of letters and packets."""

from django.urls import URLPattern, path

from centro.clinic.views import papers

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/papers/", papers.papers, name="papers"),
    path("cases/<uuid:case_id>/papers/draft/", papers.draft_letter, name="draft_letter"),
    path("papers/<uuid:letter_id>/", papers.letter, name="letter"),
    path("papers/<uuid:letter_id>/edit/", papers.edit_letter, name="edit_letter"),
    path("papers/<uuid:letter_id>/changes/", papers.changes, name="letter_changes"),
    path("papers/<uuid:letter_id>/ask/", papers.ask_attorney, name="ask_attorney"),
    path("papers/<uuid:letter_id>/issue/", papers.issue_letter, name="issue_letter"),
]
