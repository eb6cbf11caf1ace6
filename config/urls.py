"""Every address of Centro."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("people/", include("centro.people.urls")),
    path("", include("centro.core.urls")),
    path("", include("centro.web.urls")),
]

handler404 = "centro.web.views.not_found"
handler500 = "centro.web.views.failed"
