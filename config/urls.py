"""Every address of Centro."""

from django.urls import include, path

from centro.core import urls as core

urlpatterns = [
    path("account/", include(core.account)),
    path("people/", include("centro.people.urls")),
    path("organizing/", include("centro.organizing.urls")),
    path("clinic/", include("centro.clinic.urls")),
    path("", include("centro.core.urls")),
    path("", include("centro.web.urls")),
]

handler400 = "centro.web.views.errors.bad_request"
handler404 = "centro.web.views.errors.not_found"
handler500 = "centro.web.views.errors.failed"
