"""Addresses of papers; each asks for the owner at every request: no link outlives a permission."""

from django.urls import path

from centro.core.documents import cover_views, views

urlpatterns = [
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("uploads/<uuid:upload_id>/preview/", views.preview, name="upload_preview"),
    path("uploads/<uuid:upload_id>/original/", views.original, name="upload_original"),
    path("uploads/<uuid:upload_id>/pages/<int:page>/", cover_views.page_picture, name="upload_page"),
    path("uploads/<uuid:upload_id>/numbers/", cover_views.numbers, name="numbers"),
    path("uploads/<uuid:upload_id>/numbers/settle/", cover_views.settle_numbers, name="settle_numbers"),
    path("uploads/<uuid:upload_id>/numbers/settle-all/", cover_views.settle_all, name="settle_all_numbers"),
]
