"""Wage jurisdictions a workplace can lie in, and which of them its city proposes.

The codes are those of the wage-law tables (a test compares the two). A city in an address is the name the post uses:
where a place of Los Angeles County or San Mateo County belongs to no city, its address names one too, and the county
has a minimum wage of its own. So there the program asks.
"""

import re
from dataclasses import dataclass

from centro.people import names

JURISDICTIONS: tuple[tuple[str, str], ...] = (
    ("US-CA-los-angeles", "Los Angeles (city)"),
    ("US-CA-los-angeles-county-unincorporated", "Los Angeles County (unincorporated areas)"),
    ("US-CA", "California"),
    ("US-CA-alameda", "Alameda"),
    ("US-CA-belmont", "Belmont"),
    ("US-CA-berkeley", "Berkeley"),
    ("US-CA-burlingame", "Burlingame"),
    ("US-CA-cupertino", "Cupertino"),
    ("US-CA-daly-city", "Daly City"),
    ("US-CA-east-palo-alto", "East Palo Alto"),
    ("US-CA-el-cerrito", "El Cerrito"),
    ("US-CA-emeryville", "Emeryville"),
    ("US-CA-foster-city", "Foster City"),
    ("US-CA-fremont", "Fremont"),
    ("US-CA-half-moon-bay", "Half Moon Bay"),
    ("US-CA-hayward", "Hayward"),
    ("US-CA-long-beach", "Long Beach"),
    ("US-CA-los-altos", "Los Altos"),
    ("US-CA-malibu", "Malibu"),
    ("US-CA-menlo-park", "Menlo Park"),
    ("US-CA-milpitas", "Milpitas"),
    ("US-CA-mountain-view", "Mountain View"),
    ("US-CA-novato", "Novato"),
    ("US-CA-oakland", "Oakland"),
    ("US-CA-palo-alto", "Palo Alto"),
    ("US-CA-pasadena", "Pasadena"),
    ("US-CA-petaluma", "Petaluma"),
    ("US-CA-redwood-city", "Redwood City"),
    ("US-CA-richmond", "Richmond"),
    ("US-CA-san-carlos", "San Carlos"),
    ("US-CA-san-diego", "San Diego (city)"),
    ("US-CA-san-francisco", "San Francisco (city and county)"),
    ("US-CA-san-jose", "San Jose"),
    ("US-CA-san-leandro", "San Leandro"),
    ("US-CA-san-mateo", "San Mateo (city)"),
    ("US-CA-san-mateo-county-unincorporated", "San Mateo County (unincorporated areas)"),
    ("US-CA-santa-clara", "Santa Clara (city)"),
    ("US-CA-santa-monica", "Santa Monica"),
    ("US-CA-santa-rosa", "Santa Rosa"),
    ("US-CA-sonoma", "Sonoma (city)"),
    ("US-CA-south-san-francisco", "South San Francisco"),
    ("US-CA-sunnyvale", "Sunnyvale"),
    ("US-CA-west-hollywood", "West Hollywood"),
    ("US", "United States (FLSA)"),
)

CALIFORNIA = "US-CA"
# ZIP codes by which the two counties are asked about: all of theirs, and some of their neighbours'.
_UNINCORPORATED = (
    (re.compile(r"90[0-8]|91[0-8]|935"), "US-CA-los-angeles-county-unincorporated"),
    (re.compile(r"940|944"), "US-CA-san-mateo-county-unincorporated"),
)
_OF_CALIFORNIA = re.compile(r"9[0-5]|96[01]")
_COUNTY_OF_CITY = {"US-CA-los-angeles": _UNINCORPORATED[0][1], "US-CA-san-mateo": _UNINCORPORATED[1][1]}
_CITIES = {
    names.fold(re.sub(r" \(.*\)", "", name)): code
    for code, name in JURISDICTIONS
    if code not in {CALIFORNIA, "US"} and not code.endswith("-unincorporated")
} | {"la": "US-CA-los-angeles", "l a": "US-CA-los-angeles", "sf": "US-CA-san-francisco"}


@dataclass(frozen=True)
class Proposal:
    """The jurisdiction that an address proposes (empty: none), and the county's, where somebody has to be asked."""

    code: str = ""
    county: str = ""


def proposed_by(city: str, zip_code: str) -> Proposal:
    """What the city and ZIP code of a workplace say about its minimum wage."""
    code = _CITIES.get(names.fold(city), "")
    by_zip = next((county for digits, county in _UNINCORPORATED if digits.match(zip_code)), "")
    if code:
        return Proposal(code, _COUNTY_OF_CITY.get(code, by_zip))
    if city and _OF_CALIFORNIA.match(zip_code):
        return Proposal(CALIFORNIA, by_zip)
    return Proposal()


def name_of(code: str) -> str:
    return dict(JURISDICTIONS).get(code, "")
