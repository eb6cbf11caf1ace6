"""Invented employers and workplaces of a Koreatown: sixty shops, several of them one owner's."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from centro.core import clock
from centro.core.vault import keyring
from centro.people.models import Employer, Workplace

# NAICS codes.
RESTAURANT, MARKET, GARMENT, NAILS = "722511", "445110", "315250", "812113"
CAR_WASH, JANITORIAL, BAKERY, HOME_CARE = "811192", "561720", "311811", "624120"
BUILDING, WAREHOUSE, HOTEL, LAUNDRY = "238990", "493110", "721110", "812320"
# What people do there, as they say it themselves.
JOBS: dict[str, tuple[str, ...]] = {
    RESTAURANT: (
        "Cook",
        "Dishwasher",
        "Server",
        "Grill",
        "Prep cook",
        "주방 보조",
        "홀 서빙",
        "Cocinero",
        "Lavaplatos",
    ),
    MARKET: (
        "Cashier",
        "Stocker",
        "Meat counter",
        "Produce",
        "Banchan kitchen",
        "계산원",
        "Bagger",
        "Carnicero",
    ),
    GARMENT: ("Sewing machine operator", "Costurera", "Trimmer", "Cutter", "Ironing", "Packing", "재봉사"),
    NAILS: ("Nail technician", "Manicurist", "네일 아티스트", "Front counter"),
    CAR_WASH: ("Washer", "Dryer", "Detailer", "Lavacarros", "Cashier"),
    JANITORIAL: ("Janitor", "Night cleaner", "Limpieza de oficinas", "Floor crew", "청소원"),
    BAKERY: ("Baker", "Counter", "Panadero", "Night baker", "제빵사"),
    HOME_CARE: ("Caregiver", "간병인", "Live-in caregiver", "Cuidadora"),
    BUILDING: ("Laborer", "Painter", "Drywall", "Albañil", "Carpenter’s helper", "페인트공"),
    WAREHOUSE: ("Packer", "Forklift driver", "Loader", "Order picker"),
    HOTEL: ("Housekeeper", "Laundry", "Camarista", "Houseman"),
    LAUNDRY: ("Presser", "Counter", "Planchador", "세탁 보조"),
}
# The owner as on the checks, the industry, the names on the signs.
_OWNERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Moran Hospitality Inc.", RESTAURANT, ("Moran Garden BBQ", "Moran Tofu House", "Moran Noodle Bar")),
    ("Three Cranes Group LLC", RESTAURANT, ("Hakdari Grill", "Hakdari Express", "Sotdae Pub")),
    ("Choongjung Foods Corp.", RESTAURANT, ("Dolsot Maru", "Maru Gimbap")),
    ("Byeolbit Dining Inc.", RESTAURANT, ("Byeolbit Pocha", "Byeolbit Karaoke Lounge")),
    ("La Ceiba Restaurants LLC", RESTAURANT, ("Pupusería La Ceibita", "Mariscos La Ceibita")),
    ("Ñuu Kitchen LLC", RESTAURANT, ("Tlayudas Doña Ñuu",)),
    ("Golden Persimmon Inc.", RESTAURANT, ("Golden Persimmon Buffet", "Persimmon Shabu")),
    ("Old Well Catering", RESTAURANT, ("Utmul Janchi Catering",)),
    ("Hanmaum Markets Inc.", MARKET, ("Hanmaum Market Olympic", "Hanmaum Market Western")),
    ("Sae Achim Trading", MARKET, ("Sae Achim Fresh Market",)),
    ("El Nopalito Foods LLC", MARKET, ("Mercado El Nopalito", "Carnicería El Nopalito")),
    ("Blue Spool Apparel Inc.", GARMENT, ("Blue Spool Sewing", "Spool & Daughter", "BSA Finishing")),
    ("Kkotsil Fashion Inc.", GARMENT, ("Kkotsil Cutting", "Kkotsil Sportswear")),
    ("Twelfth Stitch LLC", GARMENT, ("Twelfth Stitch",)),
    ("R & V Contractors", GARMENT, ("R & V Sewing", "Costuras Vega")),
    ("Dalnim Beauty LLC", NAILS, ("Dalnim Nails", "Dalnim Nails & Spa", "Moonhee Lash & Nail")),
    ("Pink Azalea Inc.", NAILS, ("Pink Azalea Nails", "Azalea Foot Spa", "Jindallae Nail Studio")),
    (
        "Sparkle Arroyo LLC",
        CAR_WASH,
        ("Arroyo Hand Car Wash", "Sparkle Car Wash & Lube", "Vermont Arroyo Car Wash"),
    ),
    ("Ocean Foam Inc.", CAR_WASH, ("Ocean Foam Auto Spa", "Ocean Foam Express")),
    ("Night Owl Building Care Inc.", JANITORIAL, ("Night Owl Building Care", "NOBC Downtown crew")),
    ("Clearpane Services", JANITORIAL, ("Clearpane Janitorial",)),
    ("Haetae Cleaning Corp.", JANITORIAL, ("Haetae Office Cleaning", "Haetae Church & School Cleaning")),
    ("Sweet Mortar LLC", BAKERY, ("Jeolgu Rice Cakes", "Mortar Bakery Café")),
    ("Panadería Tres Lunas", BAKERY, ("Panadería Tres Lunas",)),
    ("Warm Ondol Home Care Inc.", HOME_CARE, ("Warm Ondol Home Care", "Ondol Adult Day Center")),
    ("Hyo Care Agency", HOME_CARE, ("Hyo Care Agency",)),
    ("Giwa Builders Inc.", BUILDING, ("Giwa Builders", "Giwa Painting")),
    ("Casa Nueva Remodeling", BUILDING, ("Casa Nueva Remodeling",)),
    ("Port & Pallet LLC", WAREHOUSE, ("Port & Pallet Vernon", "Port & Pallet Carson")),
    ("Sixth Street Lodging Inc.", HOTEL, ("Sixth Street Inn", "Hotel Mugunghwa")),
    ("White Crane Cleaners Inc.", LAUNDRY, ("White Crane Cleaners", "White Crane Laundry Plant")),
)
_CITIES = (
    (
        "Los Angeles",
        "US-CA-los-angeles",
        ("90004", "90005", "90006", "90010", "90019", "90020", "90029", "90057"),
    ),
    ("Pasadena", "US-CA-pasadena", ("91101",)),
    ("East Los Angeles", "US-CA-los-angeles-county-unincorporated", ("90022",)),
    ("Vernon", "US-CA", ("90058",)),
)
STREETS = (
    "Jacaranda Row",
    "Magpie Street",
    "Old Mill Lane",
    "Pepper Tree Avenue",
    "Saffron Court",
    "Tortuga Street",
    "Willow Bend",
)


def load(rng: Random, scale: int) -> list[Workplace]:
    """Save the owners and their shops, `scale` times over; returns the shops."""
    made = [shop for copy in range(scale) for shop in _copy(rng, copy)]
    owners = list({shop.employer.pk: shop.employer for shop in made if shop.employer}.values())
    for owner, key in zip(owners, keyring.new_vaults("employer", len(owners)), strict=True):
        owner.key = key
    for shop, key in zip(made, keyring.new_vaults("workplace", len(made)), strict=True):
        shop.key = key
    Employer.objects.bulk_create(owners, batch_size=500)
    Workplace.objects.bulk_create(made, batch_size=500)
    return made


def _copy(rng: Random, copy: int) -> Iterator[Workplace]:
    suffix = f" {copy + 1}" if copy else ""
    for owner, industry, shops in _OWNERS:
        employer = Employer(name=owner + suffix, aliases=f"{owner.split()[0]} family" if len(shops) > 2 else "")
        for shop in shops:
            city, jurisdiction, zips = rng.choices(_CITIES, weights=(20, 1, 1, 1))[0]
            yield Workplace(
                employer=employer,
                name=shop + suffix,
                name_on_checks=owner + suffix if rng.random() < 0.6 else "",
                aliases=shop.split()[0] if rng.random() < 0.3 else "",
                street=f"{rng.randrange(100, 4900)} {rng.choice(STREETS)}",
                city=city,
                zip=rng.choice(zips),
                industry=industry,
                jurisdiction=jurisdiction,
                changed_at=clock.now() - timedelta(hours=rng.randrange(1, 9000)),
            )
