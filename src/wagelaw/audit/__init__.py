"""The audit: the rules of one claim over millions of shifts.

`audit_files` streams Parquet or CSV through in chunks of whole workers; `audit_table` is the door for Arrow (a batch of
whole workers in, their worker-weeks out). The unit of rounding is the workweek of one worker.
"""

from __future__ import annotations

from wagelaw.audit.options import Options

__all__ = ["Options"]
