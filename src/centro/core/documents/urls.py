"""Addresses of papers; each asks for the owner at every request: no link outlives a permission."""

from django.urls import path

from centro.core.documents import views

urlpatterns = [
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("uploads/<uuid:upload_id>/preview/", views.preview, name="upload_preview"),
    path("uploads/<uuid:upload_id>/original/", views.original, name="upload_original"),
]
