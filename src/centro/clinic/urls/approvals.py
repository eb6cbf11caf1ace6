"""Addresses of the attorney's queue."""

from django.urls import URLPattern, path

from centro.clinic.views import approvals

urlpatterns: list[URLPattern] = [
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:letter_id>/approve/", approvals.approve_letter, name="approve_letter"),
    path("approvals/<uuid:letter_id>/return/", approvals.return_letter, name="return_letter"),
    path("approvers/", approvals.approvers, name="approvers"),
    path("approvers/<uuid:approver_id>/end/", approvals.end_approver, name="end_approver"),
]
