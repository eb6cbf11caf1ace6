"""Addresses of the money of a case."""

from django.urls import URLPattern, path

from centro.clinic.views import money

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/money/", money.money, name="money"),
    path("cases/<uuid:case_id>/money/enter/", money.enter, name="enter_money"),
    path("cases/<uuid:case_id>/money/step/", money.take_step, name="take_step"),
    path("cases/<uuid:case_id>/money/plan/", money.make_plan, name="make_plan"),
    path("cases/<uuid:case_id>/money/asset/", money.add_asset, name="add_asset"),
    path("cases/<uuid:case_id>/money/sheet/", money.print_collection, name="print_collection"),
    path("money/<uuid:entry_id>/take-back/", money.take_back, name="take_back_money"),
    path("money/plans/<uuid:plan_id>/end/", money.end_plan, name="end_plan"),
    path("money/installments/<uuid:installment_id>/", money.receive, name="receive_money"),
    path("money/assets/<uuid:asset_id>/remove/", money.remove_asset, name="remove_asset"),
]
