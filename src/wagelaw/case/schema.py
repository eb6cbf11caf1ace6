"""JSON Schemas (2020-12) of the case and of the claim, made from the same tables the program reads and writes by."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from wagelaw.case import read
from wagelaw.case.fields import CASE, ITEM_CODES, Field

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_STRINGS = {
    "date": read.DAY,
    "clock": read.CLOCK,
    "money": read.MONEY,
    "place": read.PLACE,
    "word": read.WORD,
}


def schema_of(document: str) -> Schema:
    """The schema of `case`, `claim`, `coverage` (its facts) or `clocks` (its events); KeyError for another name."""
    if document in ("coverage", "clocks"):
        module = import_module(f"wagelaw.{document}")
        found: Schema = module.schema()
        return found
    return {"case": case_schema, "claim": claim_schema}[document]()


def case_schema() -> Schema:
    """What `read_case` accepts, exactly; what makes no sense beyond shape is refused later."""
    return {"$schema": DIALECT, "title": "wagelaw/case/1", **_record(CASE)}


def _record(fields: tuple[Field, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    schema = _value(field)
    return schema if field.required else {"anyOf": [schema, {"type": "null"}]}


def _value(field: Field) -> Schema:
    maker = _MAKERS.get(field.kind)
    return maker(field) if maker else _string(field.kind)


def _string(kind: str) -> Schema:
    schema: Schema = {"type": "string", "pattern": f"^(?:{_STRINGS[kind]})$"}
    return {**schema, "format": "date"} if kind == "date" else schema


def _choices(field: Field) -> Schema:
    return {
        "type": "array",
        "items": {"enum": list(field.choices)},
        "maxItems": field.high,
        "uniqueItems": True,
    }


def _number(_: Field) -> Schema:
    return {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": read.LARGEST_NUMBER},
            {"type": "string", "pattern": f"^(?:{read.NUMBER})$"},
        ]
    }


def _flags(field: Field) -> Schema:
    return {
        "type": "object",
        "properties": {name: {"type": "boolean"} for name in field.choices},
        "additionalProperties": False,
    }


_MAKERS: dict[str, Any] = {
    "number": _number,
    "count": lambda field: {"type": "integer", "minimum": field.low, "maximum": field.high},
    "flag": lambda field: {"type": "boolean"},
    "text": lambda field: {"type": "string", "maxLength": read.LONGEST_TEXT},
    "choice": lambda field: {"enum": list(field.choices)},
    "choices": _choices,
    "dates": lambda field: {"type": "array", "items": _string("date"), "maxItems": field.high},
    "record": lambda field: _record(field.of),
    "list": lambda field: {"type": "array", "items": _record(field.of), "maxItems": field.high},
    "flags": _flags,
}

_TEXT: Schema = {"type": "string"}
_MONEY: Schema = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
_DATE: Schema = {"type": "string", "format": "date"}
_LAW: Schema = {"type": "array", "items": _TEXT}
_STEP: Schema = {
    "type": "object",
    "properties": {
        "what": _TEXT,
        "payday": _DATE,
        "from": _DATE,
        "to": _DATE,
        "inputs": {"type": "object"},
        "formula": _TEXT,
        "result": _MONEY,
        "law": _TEXT,
        "time_barred": _MONEY,
        "file_by": _DATE,
        "parts": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"amount": _MONEY, "file_by": _DATE},
                "required": ["amount", "file_by"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["what", "inputs", "formula", "result", "law"],
    "additionalProperties": False,
}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def claim_schema() -> Schema:
    """What `Claim.as_json` writes."""
    from wagelaw.claims.result import FORMAT, GROUPS

    item = _object(
        {
            "code": {"enum": list(ITEM_CODES)},
            "amount": _MONEY,
            "time_barred": _MONEY,
            "from": _DATE,
            "to": _DATE,
            "law": _LAW,
            "working": {"type": "array", "items": _STEP},
        }
    )
    totals = _object(dict.fromkeys((*GROUPS, "total"), _MONEY))
    items = {"type": "array", "items": item}
    return {
        "$schema": DIALECT,
        "title": FORMAT,
        **_object(
            {
                "format": {"const": FORMAT},
                "place": _TEXT,
                "computed_on": _DATE,
                "law_version": _TEXT,
                "items": items,
                "weeks": {"type": "array", "items": _week()},
                "totals": totals,
                "expiring": _list_of({"month": _TEXT, "amount": _MONEY}),
                "exposure": _list_of(
                    {
                        "code": _TEXT,
                        "amount": _MONEY,
                        "law": _LAW,
                        "working": {"type": "array", "items": _STEP},
                    }
                ),
                "not_covered": _list_of({"code": _TEXT, "why": _TEXT}),
                "notes": {"type": "array", "items": _TEXT},
            },
            {
                "federal": _object({"items": items, "totals": totals, "adds": _MONEY}),
                "remarks": _list_of({"date": _DATE, "note": _TEXT, "confidence": _TEXT}),
            },
        ),
    }


def _list_of(properties: dict[str, Schema]) -> Schema:
    return {"type": "array", "items": _object(properties)}


def _week() -> Schema:
    minutes = ("minutes_worked", "regular_minutes", "overtime_minutes", "double_minutes")
    return _object(
        {
            "start": _DATE,
            **{name: {"type": "integer", "minimum": 0} for name in minutes},
            "regular_rate": {"type": "string", "pattern": r"^\d+\.\d{6}$"},
            **dict.fromkeys(("minimum_wage", "due", "paid", "owed"), _MONEY),
        }
    )
