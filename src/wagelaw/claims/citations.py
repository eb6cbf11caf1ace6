"""Where each item stands in the law, and the formula of each step."""

from __future__ import annotations

CITATIONS: dict[str, tuple[str, ...]] = {
    "unpaid_wages": ("Cal. Lab. Code §§ 200, 204", "Cal. Lab. Code § 218"),
    "minimum_wage": (
        "Cal. Lab. Code §§ 1182.12, 1194, 1197",
        "Armenta v. Osmose, Inc. (2005) 135 Cal.App.4th 314",
    ),
    "overtime": (
        "Cal. Lab. Code § 510(a)",
        "Cal. Lab. Code § 1194",
        "Industrial Welfare Commission orders, sec. 3",
    ),
    "meal_premium": ("Cal. Lab. Code §§ 226.7, 512", "Brinker v. Superior Court (2012) 53 Cal.4th 1004"),
    "rest_premium": ("Cal. Lab. Code § 226.7", "Industrial Welfare Commission orders, sec. 12"),
    "split_shift": (
        "Industrial Welfare Commission orders, sec. 4(C)",
        "Aleman v. AirTouch (2012) 209 Cal.App.4th 556",
    ),
    "reporting_time": ("Industrial Welfare Commission orders, sec. 5",),
    "piece_rate_nonproductive": ("Cal. Lab. Code § 226.2",),
    "sick_leave": ("Cal. Lab. Code §§ 246, 246(l)",),
    "deductions": ("Cal. Lab. Code §§ 221, 224",),
    "tips": ("Cal. Lab. Code § 351",),
    "expenses": ("Cal. Lab. Code § 2802",),
    "app_driver_guarantee": ("Cal. Bus. & Prof. Code § 7453",),
    "liquidated_damages": ("Cal. Lab. Code § 1194.2",),
    "interest": ("Cal. Lab. Code §§ 98.1(c), 218.6, 1194, 2802", "Cal. Const. art. XV, § 1"),
    "waiting_time": ("Cal. Lab. Code § 203", "Cal. Lab. Code §§ 201, 202"),
    "wage_statement": ("Cal. Lab. Code § 226(e)",),
    "bounced_check": ("Cal. Lab. Code § 203.1",),
    "late_pay": ("Cal. Lab. Code § 210", "Cal. Lab. Code § 204"),
}
FEDERAL: dict[str, tuple[str, ...]] = {
    **CITATIONS,
    "unpaid_wages": ("the agreement; state contract law",),
    "minimum_wage": ("29 USC 206",),
    "overtime": ("29 USC 207(a)", "29 CFR part 778"),
    "liquidated_damages": ("29 USC 216(b)", "29 USC 260"),
}
EXPOSURE: dict[str, tuple[str, ...]] = {
    "paga": ("Cal. Lab. Code §§ 2698–2699.8",),
    "civil_558": ("Cal. Lab. Code § 558",),
    "civil_1197_1": ("Cal. Lab. Code § 1197.1",),
    "civil_225_5": ("Cal. Lab. Code § 225.5",),
}
FORMULAS: dict[str, str] = {
    "unpaid_wages_line": "agreed − paid",
    "minimum_wage_line": "at_minimum_wage − agreed − credited",
    "overtime_line": "Σ weeks due − paid; week: straight pay of these hours + regular_rate × (½ overtime + double); "
    "salaries and flat sums: regular_rate × (1½ overtime + 2 double)",
    "meal_premium_line": "Σ days: 1 hour × regular rate − paid",
    "rest_premium_line": "Σ days: 1 hour × regular rate − paid",
    "split_shift_line": "Σ days: minimum wage × (hours + 1) − earned that day",
    "reporting_time_line": "Σ days: (hours to be paid − hours worked) × regular rate",
    "rest_pay_line": "max(pay ÷ hours without rest, minimum wage) × rest hours + minimum wage × nonproductive hours "
    "− base already paid",
    "sick_leave_line": "rate × minutes ÷ 60 − paid",
    "deductions_line": "amount",
    "tips_line": "amount",
    "expenses_line": "amount",
    "mileage_line": "miles × rate",
    "app_driver_line": "times × minimum_wage × engaged ÷ 60 + miles × mile_rate − earnings",
    "liquidated_damages_line": "base + base × rate × days ÷ 365",
    "interest_line": "wages × rate × days ÷ 365 + premiums × premium_rate × days ÷ 365",
    "waiting_time_line": "daily_rate × days",
    "wage_statement_line": "$50 for the first, $100 for each later, at most $4,000 in all",
    "bounced_check_line": "daily_rate × days",
    "late_pay_line": "$100 for the first not wilful; else $200 + ¼ × withheld",
    "federal_unpaid_wages_line": "agreed − paid",
    "federal_minimum_wage_line": "minimum wage × hours of the week − paid",
    "federal_overtime_line": "due − paid",
    "federal_liquidated_line": "unpaid wages × 1",
    "paga_line": "periods × $100 (halved for weekly pay since 2024-06-19)",
    "civil_558_line": "$50 + $100 × (periods − 1)",
    "civil_1197_1_line": "$100 + $250 × (periods − 1)",
    "civil_225_5_line": "$100 + ($200 + ¼ × withheld) × (periods − 1)",
}
