"""Addresses of the intake as staff lead it, of the conflict check and of coverage."""

from django.urls import URLPattern, path

from centro.clinic.views import conflicts, coverage, intake

urlpatterns: list[URLPattern] = [
    path("intake/", intake.intakes, name="intakes"),
    path("intake/begin/", intake.start, name="start_intake"),
    path("intake/paper/", intake.paper_sheet, name="intake_paper"),
    path("intake/<uuid:intake_id>/", intake.intake, name="intake"),
    path("intake/<uuid:intake_id>/go-on/", intake.go_on, name="intake_go_on"),
    path("intake/<uuid:intake_id>/take/", intake.take, name="take_intake"),
    path("intake/<uuid:intake_id>/help/", intake.let_help, name="intake_help"),
    path("intake/<uuid:intake_id>/conflict/", conflicts.check, name="intake_conflict"),
    path("intake/<uuid:intake_id>/conflict/decide/", conflicts.decide, name="decide_conflict"),
    path("intake/<uuid:intake_id>/consents/", intake.consents, name="intake_consents"),
    path("intake/<uuid:intake_id>/coverage/", coverage.coverage, name="coverage"),
    path("intake/<uuid:intake_id>/coverage/print/", coverage.print_coverage, name="print_coverage"),
    path("intake/<uuid:intake_id>/bring/", intake.bring, name="bring_to_intake"),
    path("intake/<uuid:intake_id>/letter/", intake.letter, name="intake_letter"),
    path("intake/<uuid:intake_id>/finish/", intake.finish, name="finish_interview"),
    path("intake/<uuid:intake_id>/level/", intake.level, name="intake_level"),
    path("intake/<uuid:intake_id>/forget/", intake.forget, name="forget_intake"),
    path("intake/<uuid:intake_id>/ask/<slug:name>/", intake.screen, name="intake_screen"),
    path("intake/<uuid:intake_id>/ask/<slug:name>/open/", intake.open_screen, name="open_screen"),
    path("cases/<uuid:case_id>/coverage/", coverage.case_coverage, name="case_coverage"),
]
