"""Invented names in the proportions of a Los Angeles worker center: two surnames, Hangul, and others."""

from dataclasses import dataclass
from random import Random

_KOREAN_FAMILIES = """
김 Kim 21|이 Lee 15|박 Park 9|최 Choi 5|정 Chung 5|강 Kang 3|조 Cho 3|윤 Yoon 2|장 Chang 2|임 Lim 2
한 Han 2|오 Oh 2|서 Suh 2|신 Shin 2|권 Kwon 2|황 Hwang 2|안 Ahn 2|송 Song 2|류 Ryu 1|전 Jun 1
홍 Hong 1|고 Ko 1|문 Moon 1|양 Yang 1|손 Sohn 1|배 Bae 1|백 Paik 1|허 Huh 1|남 Nam 1|심 Shim 1
노 Noh 1|하 Ha 1|곽 Kwak 1|주 Joo 1|남궁 Namgung 1
"""
_SYLLABLES = """
영 Young|미 Mi|은 Eun|혜 Hye|지 Ji|수 Soo|현 Hyun|정 Jung|민 Min|성 Sung|재 Jae|동 Dong|상 Sang
태 Tae|승 Seung|경 Kyung|명 Myung|선 Sun|유 Yu|소 So|순 Soon|희 Hee|숙 Sook|자 Ja|진 Jin|연 Yeon
아 Ah|주 Joo|옥 Ok|호 Ho|철 Chul|훈 Hoon|우 Woo|석 Suk|식 Sik|준 Joon|환 Hwan|기 Ki|욱 Wook|윤 Yoon
서 Seo|하 Ha|나 Na|화 Hwa
"""
_WOMEN_FIRST, _WOMEN_LAST = "영미은혜지수현정민경명선유소순서하", "희숙자경영진정혜연아은주옥순윤화나"
_MEN_FIRST, _MEN_LAST = "영지수현정민성재동상태승경명선유종", "수호철훈현민우석식준환기욱진성재"
_CHOSEN = "Grace Daniel Esther Paul Sarah David Susan James Helen Peter Jenny Kevin Linda Brian".split()

_SPANISH_WOMEN = """
María Guadalupe Rosa Juana Margarita Josefina Verónica Leticia Elizabeth Francisca Alicia Yolanda
Silvia Martha Patricia Gloria Teresa Araceli Marisol Blanca Norma Sandra Claudia Adriana Lorena
Mónica Beatriz Irma Carmen Dolores Esperanza Maribel Fabiola Yesenia Karina Brenda Wendy Sonia Reyna
Ofelia Elvira Catalina Micaela Petrona Ángela Inés Lucía Noemí
""".split()
_SPANISH_MEN = """
José Juan Luis Carlos Francisco Pedro Jesús Manuel Miguel Alejandro Antonio Javier Roberto Fernando
Ricardo Jorge Raúl Ramón Arturo Víctor Martín Gerardo Sergio Óscar Eduardo Rubén Alfredo Ernesto
Héctor Armando Salvador Mario Tomás Rigoberto Wilmer Edwin Byron Elmer Gustavo Isaías Domingo Mateo
Benito Fidel Efraín Ismael Lázaro Nicolás Andrés Adán
""".split()
_SPANISH_FAMILIES = """
Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Cruz Flores Gómez Morales
Vásquez Reyes Jiménez Torres Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Moreno Romero
Álvarez Méndez Chávez Rivera Juárez Ramos Domínguez Herrera Medina Castro Vargas Guzmán Velásquez
Muñoz Rojas Contreras Salazar Luna Ortega Guerrero Estrada Bautista Cortés Santiago Ríos Orellana
Alvarado Maldonado Portillo Menjívar Cáceres Escobar Quintanilla Zelaya Argueta Barahona Tejada Peña
""".split()
_MAYA_FAMILIES = "Tzoc Ixcoy Ajpop Tum Us Batz Xiloj Chaclán Tzunún Pérez Sic Ordóñez Velásquez Mendoza".split()
_OTHERS = {
    "tl": (
        "Maricel Jocelyn Rowena Arnel Rommel Dennis Liza Nestor",
        "Dela-Cruz Santos Bautista Ocampo Villanueva Magsaysay Pineda",
    ),
    "bn": (
        "Shamima Nasrin Rokeya Abdul Kamrul Jahangir Tania Selim",
        "Rahman Hossain Akter Islam Begum Chowdhury Miah Uddin",
    ),
    "th": (
        "Somchai Malee Suda Prasert Wanida Niran Kanya Anong",
        "Srisuk Chaiyasit Phromma Wongsa Thongdee Saelim Boonmee",
    ),
    "zh": ("Meiling Wei Xiuying Jianhua Yan Guoqiang Lihua Ping", "Chen Liu Huang Zhou Wu Lin Zheng Xu"),
    "en": (
        "Denise Marcus Tanya Andre Latoya Darnell Crystal Terrence",
        "Washington Jefferson Coleman Brooks Hayes Simmons Porter Bryant",
    ),
}


@dataclass(frozen=True)
class Name:
    """A name as the person record holds it."""

    given: str = ""
    family: str = ""
    family2: str = ""
    native: str = ""
    romanized: str = ""
    call_me: str = ""


def _pairs(table: str) -> list[tuple[str, ...]]:
    return [tuple(entry.split()) for entry in table.strip().replace("\n", "|").split("|")]


_FAMILIES_KO = {hangul: (latin, int(weight)) for hangul, latin, weight in _pairs(_KOREAN_FAMILIES)}
_LATIN = dict(_pairs(_SYLLABLES)) | {"종": "Jong"}  # type: ignore[arg-type]
_FAMILY_WEIGHTS = [weight for _, weight in _FAMILIES_KO.values()]
_FEW_FIRST = [1 / (rank + 8) for rank in range(len(_SPANISH_FAMILIES))]  # a few surnames are very common


def language(rng: Random) -> str:
    """The language somebody speaks best: mostly Spanish and Korean, with their neighbours’."""
    codes = ("es", "ko", "zap", "quc", "mam", "kjb", "tl", "bn", "th", "zh", "en")
    return rng.choices(codes, weights=(43, 34, 4, 3, 1, 1, 3, 4, 2, 2, 3))[0]


def family(rng: Random, code: str) -> str:
    """A family name that a household shares; Hangul for Korean."""
    if code == "ko":
        return rng.choices(list(_FAMILIES_KO), weights=_FAMILY_WEIGHTS)[0]
    if code in _OTHERS:
        return rng.choice(_OTHERS[code][1].split()).replace("-", " ")
    if code in {"quc", "mam", "kjb"} and rng.random() < 0.7:
        return rng.choice(_MAYA_FAMILIES)
    return rng.choices(_SPANISH_FAMILIES, weights=_FEW_FIRST)[0]


def person(rng: Random, code: str, shared_family: str) -> Name:
    """One person of that language and family name."""
    if code == "ko":
        return _korean(rng, shared_family)
    if code in _OTHERS:
        return Name(rng.choice(_OTHERS[code][0].split()), shared_family)
    return _spanish(rng, shared_family)


def _spanish(rng: Random, shared_family: str) -> Name:
    given_names = _SPANISH_WOMEN if rng.random() < 0.54 else _SPANISH_MEN
    given = rng.choice(given_names)
    if rng.random() < 0.3:
        given = (
            f"{given} {rng.choice(given_names)}"
            if given != "María"
            else f"María {rng.choice(('Elena', 'Luisa', 'del Carmen'))}"
        )
    second = rng.choices(_SPANISH_FAMILIES, weights=_FEW_FIRST)[0] if rng.random() < 0.85 else ""
    call_me = given.split()[-1] if " " in given and rng.random() < 0.5 else ""
    return Name(given, shared_family, second, call_me=call_me)


def _korean(rng: Random, shared_family: str) -> Name:
    women = rng.random() < 0.52
    first = rng.choice(_WOMEN_FIRST if women else _MEN_FIRST)
    last = rng.choice([s for s in (_WOMEN_LAST if women else _MEN_LAST) if s != first])
    latin_family, native = _FAMILIES_KO[shared_family][0], shared_family + first + last
    style = rng.random()
    if style < 0.2:  # wrote their name in Hangul only
        return Name(native=native, romanized=f"{latin_family} {_LATIN[first]} {_LATIN[last]}")
    if style < 0.3:  # goes by a name taken here
        return Name(
            rng.choice(_CHOSEN),
            latin_family,
            native=native,
            romanized=f"{_LATIN[first]} {_LATIN[last]} {latin_family}",
        )
    return Name(f"{_LATIN[first]} {_LATIN[last]}", latin_family, native=native)
