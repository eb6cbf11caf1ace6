"""Addresses as people type them: `12 Main Street, Apt 4` and `12 main st #4` are one building and one unit."""

import re

from centro.people import names

# How the ends and directions of streets are shortened (the common ones of USPS Publication 28), and numbered streets.
_SHORT = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr",
    "lane": "ln", "court": "ct", "place": "pl", "terrace": "ter", "square": "sq", "highway": "hwy", "parkway": "pkwy",
    "circle": "cir", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th",
    "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
_UNIT = re.compile(
    r"^(?P<street>.*\d.*?)[\s,]*(?:(?:#|\b(?:apartment|apartamento|apto|apt|unit|unidad|depto|suite|ste)\b\.?)\s*#?\s*"
    r"(?P<unit>[\w-]{0,8}\d[\w-]{0,8}|[a-z])|\s(?P<room>\w{1,9}호))$",
    re.IGNORECASE,
)


def fold_address(street: str, city: str, zip_code: str) -> str:
    """Comparable form of a building's address; empty where there is no street. A ZIP code says more than a city."""
    words = [_SHORT.get(word, word) for word in names.fold(street).split()]
    return f"{' '.join(words)}|{zip_code or names.fold(city)}" if words else ""


def split_unit(street: str) -> tuple[str, str]:
    """`12 Main St Apt 4` → (`12 Main St`, `4`); nothing to split: the street and an empty unit."""
    found = _UNIT.match(street.strip())
    if found is None:
        return street, ""
    return found["street"].rstrip(" ,"), found["unit"] or found["room"]


def unit_order(unit: str) -> tuple[bool, int, str]:
    """Units in the order of their doors: 2 before 10, words last, none at the very end."""
    number = re.search(r"\d+", unit)
    return not unit, int(number[0]) if number else 10**6, names.fold(unit)
