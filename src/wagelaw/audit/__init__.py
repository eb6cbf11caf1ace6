"""The audit: the rules of one claim over millions of shifts.

`audit_files` takes Parquet or CSV files of any size, in chunks of whole workers; `audit_table` is the door for Arrow (a
batch of whole workers in, their worker-weeks out). The unit of rounding is one workweek of one worker.
"""

from __future__ import annotations

from wagelaw.audit.options import BadOption, Options
from wagelaw.audit.run import EMPLOYERS, TOTALS, WEEKS, Audit, audit_files, audit_table
from wagelaw.audit.tables import MissingColumns

__all__ = [
    "EMPLOYERS",
    "TOTALS",
    "WEEKS",
    "Audit",
    "BadOption",
    "MissingColumns",
    "Options",
    "audit_files",
    "audit_table",
]
