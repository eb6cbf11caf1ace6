"""The invented staff: one user per role, named after it, and a few more; who is on which team."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from centro.core import clock
from centro.core.audit import event, record_events
from centro.core.classes import Relation, Role
from centro.core.models import Center, Place, RoleGrant, User
from centro.core.policy import Actor

# User name, name, languages spoken, roles (the first is the one they start the day with).
_PEOPLE: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("front_desk", "Marisol Quintanilla", "es en", (Role.FRONT_DESK, Role.INTERPRETER)),
    ("organizer", "Baek Ji-won 백지원", "ko en", (Role.ORGANIZER,)),
    ("counsellor", "Noh Hye-jin 노혜진", "ko en", (Role.COUNSELLOR,)),
    ("attorney", "Renata Ibarra Solís", "es en", (Role.ATTORNEY,)),
    ("manager", "Imelda Ocampo", "tl en", (Role.MANAGER,)),
    ("director", "Shim Eun-kyung 심은경", "ko en", (Role.DIRECTOR,)),
    ("trainer", "Wilmer Xiloj", "quc es en", (Role.TRAINER, Role.DISPATCHER)),
    ("dispatcher", "Efraín Bautista Luna", "es zap", (Role.DISPATCHER,)),
    ("outreach", "Andre Coleman", "en", (Role.OUTREACH,)),
    ("volunteer", "Park So-yeon 박소연", "ko en", (Role.VOLUNTEER,)),
    ("interpreter", "Reyna Santiago Luis", "zap es", (Role.INTERPRETER,)),
    ("steward", "Tomás Menjívar", "es en", (Role.STEWARD,)),
    ("admin", "Denise Washington", "en", (Role.ADMIN,)),
    ("auditor", "Ahn Byung-ho 안병호", "ko en", (Role.AUDITOR,)),
    ("front_desk_2", "Kwon Mi-ran 권미란", "ko en", (Role.FRONT_DESK,)),
    ("organizer_2", "Leticia Méndez Rojas", "es en", (Role.ORGANIZER, Role.TRAINER)),
    ("organizer_3", "Rubén Argueta", "es en", (Role.ORGANIZER, Role.OUTREACH)),
    ("counsellor_2", "Silvia Portillo", "es en", (Role.COUNSELLOR,)),
    ("volunteer_2", "Grace Namgung 남궁은혜", "ko en", (Role.VOLUNTEER,)),
    ("director_2", "Yolanda Peña Ortega", "es en", (Role.DIRECTOR, Role.MANAGER)),
)
# Volunteers of last season: their places ended, what they noted at doors stays under their names.
_LAST_SEASON = (
    "Alma Tzoc, Benita Cuevas, Choi Da-hye, Cielo Magbanua, Damián Rojas, Delia Huerta, Edwin Pacheco, Fe Dimalanta, "
    "Gina Salas, Han Seo-jun, Hilda Ambrosio, Iris Mendoza, Jang Mi-so, Joel Catalán, Josefa Yoc, Kang Tae-ho, "
    "Karla Benítez, Lidia Monzón, Lim Ha-neul, Lorena Sic, Marco Villatoro, Mila Evangelista, Nancy Orellana, "
    "Oh Ji-hun, Olga Tum, Pilar Nájera, Rafael Cojolón, Ryu Ye-rin, Sandra Quej, Seo Min-jae, Teresa Baltazar, "
    "Ulises Godínez, Vilma Chávez, Yoon Bo-ra, Zulma Recinos"
).split(", ")


@dataclass
class Staff:
    """The users by user name, and the teams (scopes) that people become part of."""

    users: dict[str, User] = field(default_factory=dict)
    campaigns: dict[str, UUID] = field(default_factory=dict)  # organizer's user name → campaign
    programs: dict[str, UUID] = field(default_factory=dict)  # "training", "hiring", "outreach" → program
    shift: UUID = field(default_factory=uuid4)
    last_season: list[User] = field(default_factory=list)

    def actor(self, user_name: str) -> Actor:
        roles = next(roles for name, _, _, roles in _PEOPLE if name == user_name)
        return Actor(user_id=self.users[user_name].pk, role=roles[0])


def load(rng: Random) -> Staff:
    """Save the center, its staff, their roles and their teams."""
    Center.objects.create(name="Centro Pico y Vermont", phone="213-555-0100", address="100 Jacaranda Row, Los Angeles")
    staff = Staff(users={name: _user(name, full_name, spoken) for name, full_name, spoken, _ in _PEOPLE})
    _grant_roles(staff)
    _form_teams(rng, staff)
    _remember_last_season(staff)
    return staff


def _remember_last_season(staff: Staff) -> None:
    staff.last_season = [_user(f"season_{n}", name, "es en") for n, name in enumerate(_LAST_SEASON, 1)]
    began, ended = clock.now() - timedelta(days=200), clock.now() - timedelta(days=10)
    given = {"proposed_by": staff.users["admin"], "approved_by": staff.users["director"], "proposed_at": began}
    grants = [
        RoleGrant(user=user, role=Role.VOLUNTEER, from_at=began, to_at=ended, **given) for user in staff.last_season
    ]
    RoleGrant.objects.bulk_create(grants)


def _user(user_name: str, full_name: str, spoken: str) -> User:
    user = User(
        username=user_name,
        name=full_name,
        speaks=spoken.split(),
        is_demo=True,
        email=f"{user_name}@centro.example",
    )
    user.set_unusable_password()
    user.save()
    return user


def _grant_roles(staff: Staff) -> None:
    """What each works as; a second role came later than the first."""
    began = clock.now() - timedelta(days=1000)
    admin, director = staff.users["admin"], staff.users["director"]
    grants = [
        RoleGrant(
            user=staff.users[name],
            role=role,
            proposed_by=admin,
            proposed_at=began,
            approved_by=director,
            from_at=began + timedelta(days=90 * place),
        )
        for name, _, _, roles in _PEOPLE
        for place, role in enumerate(roles)
    ]
    RoleGrant.objects.bulk_create(grants)
    by = staff.actor("director")
    record_events([event("role.approved", by=by, about=grant.user, codes=[grant.role]) for grant in grants])


def _form_teams(rng: Random, staff: Staff) -> None:
    """Campaigns of the organizers, programs, and the list of this season's volunteer shift."""
    organizers = [name for name in staff.users if name.startswith("organizer")]
    staff.campaigns = {name: _scope(rng) for name in organizers}
    staff.programs = {"training": _scope(rng), "hiring": _scope(rng), "outreach": _scope(rng)}
    staff.shift = _scope(rng)
    places = [_place(staff, name, "campaign", scope, Relation.TEAM) for name, scope in staff.campaigns.items()]
    on_program = {
        "trainer": ["training"],
        "dispatcher": ["hiring"],
        "outreach": ["outreach"],
        "organizer_2": ["training"],
    }
    on_program |= {"organizer_3": ["outreach"], "manager": list(staff.programs), "director_2": ["training"]}
    places += [
        _place(staff, name, "program", staff.programs[program], Relation.PROGRAM)
        for name, programs in on_program.items()
        for program in programs
    ]
    on_shift = ("volunteer", "volunteer_2", "interpreter", "front_desk")
    places += [_place(staff, name, "shift", staff.shift, Relation.ASSIGNED, days=90) for name in on_shift]
    Place.objects.bulk_create(places)


def _scope(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def _place(staff: Staff, name: str, kind: str, scope: UUID, relation: Relation, days: int = 365) -> Place:
    began = clock.now() - timedelta(days=120)
    return Place(
        user=staff.users[name],
        scope_kind=kind,
        scope=scope,
        relation=relation,
        from_at=began,
        to_at=clock.now() + timedelta(days=days),
    )


def put_on(staff: Staff, names: Iterable[str], kind: str, scope: UUID, relation: Relation) -> None:
    """Give some of the staff a place for the year."""
    Place.objects.bulk_create([_place(staff, name, kind, scope, relation) for name in names])
