"""Addresses of the hours and the claim of a case."""

from django.urls import URLPattern, path

from centro.clinic.views import bring, claims, hours

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/hours/", hours.hours, name="hours"),
    path("cases/<uuid:case_id>/hours/try/", hours.hours_try, name="hours_try"),
    path("cases/<uuid:case_id>/hours/week/", hours.tell_week, name="tell_week"),
    path("cases/<uuid:case_id>/hours/week/<str:first>/remove/", hours.remove_week, name="remove_week"),
    path("cases/<uuid:case_id>/hours/days/", hours.tell_days, name="tell_days"),
    path("cases/<uuid:case_id>/hours/copy/", hours.copy_week, name="copy_week"),
    path("cases/<uuid:case_id>/hours/pay/", hours.tell_pay, name="tell_pay"),
    path("cases/<uuid:case_id>/hours/payment/", hours.tell_payment, name="tell_payment"),
    path("cases/<uuid:case_id>/hours/payment/<int:at>/remove/", hours.remove_payment, name="remove_payment"),
    path("cases/<uuid:case_id>/hours/anchor/", hours.add_anchor, name="add_anchor"),
    path("cases/<uuid:case_id>/hours/anchor/<int:at>/remove/", hours.remove_anchor, name="remove_anchor"),
    path("cases/<uuid:case_id>/hours/job/", hours.tell_job, name="tell_job"),
    path("cases/<uuid:case_id>/hours/bring/", bring.bring_list, name="bring_list"),
    path("cases/<uuid:case_id>/hours/undo/<int:version>/", hours.undo_hours, name="undo_hours"),
    path("cases/<uuid:case_id>/hours/redo/<int:version>/", hours.redo_hours, name="redo_hours"),
    path("cases/<uuid:case_id>/claim/", claims.claim, name="claim"),
    path("cases/<uuid:case_id>/claim/item/<slug:code>/", claims.claim_item, name="claim_item"),
    path("cases/<uuid:case_id>/claim/keep/", claims.keep_claim, name="keep_claim"),
    path("cases/<uuid:case_id>/claim/versions/", claims.claim_versions, name="claim_versions"),
    path("cases/<uuid:case_id>/claim/versions/<int:number>/", claims.why_changed, name="why_changed"),
    path("cases/<uuid:case_id>/claim/law/", claims.open_law, name="open_law"),
    path("cases/<uuid:case_id>/claim/law/<slug:switch>/", claims.settle_law, name="settle_law"),
    path("cases/<uuid:case_id>/claim/sheet/", claims.print_claim, name="print_claim"),
]
