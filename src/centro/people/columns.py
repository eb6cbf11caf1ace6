"""Which column of a table is what: a first guess from its heading in three languages, and how cells become details."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from centro.people import names
from centro.people.choices import MetThrough
from centro.people.mappings import plain, recognize

FIELDS = {
    "": _("Leave out"),
    "full_name": _("Whole name"),
    "given": _("Given name"),
    "family": _("Family name"),
    "family2": _("Second family name"),
    "native": _("Name in their own script"),
    "romanized": _("Spelling they use in English"),
    "call_me": _("Likes to be called"),
    "aliases": _("Other names"),
    "number": _("Phone"),
    "address": _("E-mail"),
    "language": _("Preferred language"),
    "street": _("Street and number"),
    "unit": _("Apartment or unit"),
    "city": _("City"),
    "zip": _("ZIP code"),
    "birth_year": _("Year of birth"),
    "workplace_name": _("Where they work"),
    "met_through": _("How we met"),
    "safe_contact": _("How to contact them safely"),
}
_HEADINGS = {
    "family2": ("second family name", "second last name", "segundo apellido", "apellido materno"),
    "given": ("given", "first", "nombre", "nombres", "firstname"),
    "family": ("family", "last", "surname", "apellido", "apellidos", "lastname", "성"),
    "native": ("native", "hangul", "korean name", "한글", "한국 이름", "nombre coreano"),
    "romanized": ("roman", "english name", "영문", "영어 이름"),
    "call_me": ("nickname", "call me", "apodo", "별명"),
    "aliases": ("other names", "alias", "also known as", "aka", "otros nombres", "다른 이름"),
    "full_name": ("full name", "name", "nombre completo", "nombre y apellido", "이름", "성명"),
    "number": ("phone", "cell", "mobile", "tel", "telefono", "celular", "전화", "휴대폰", "연락처"),
    "address": ("email", "e mail", "mail", "correo", "이메일"),
    "language": ("language", "idioma", "lengua", "언어"),
    "street": ("street", "address", "calle", "direccion", "domicilio", "주소"),
    "unit": ("unit", "apartment", "apt", "apartamento", "unidad", "호수", "동호수"),
    "city": ("city", "ciudad", "도시"),
    "zip": ("zip", "postal", "우편번호"),
    "birth_year": ("birth", "nacimiento", "born", "출생", "생년"),
    "workplace_name": ("workplace", "employer", "company", "job site", "trabajo", "empresa", "직장", "회사", "일터"),
    "met_through": ("met", "source", "origen", "계기"),
    "safe_contact": ("safe", "note", "nota", "메모", "비고"),
}
_LANGUAGES = {
    "en": ("en", "eng", "english", "ingles", "영어"),
    "es": ("es", "spa", "spanish", "espanol", "castellano", "스페인어"),
    "ko": ("ko", "kor", "korean", "coreano", "한국어", "한국말"),
}
WHOLE_HEADING = 100


def guess(header: Sequence[str]) -> list[str]:
    """A first guess at what each column is; each field once. A tool we know is read as it names its columns."""
    tool = recognize(header)
    known = [tool.columns.get(plain(heading), "") if tool else "" for heading in header]
    sure = ["" if field in known[:at] else field for at, field in enumerate(known)]
    taken = {field for field in sure if field}
    guesses = []
    for heading, field in zip(header, sure, strict=True):
        found = field or _best(names.fold(heading[:WHOLE_HEADING]), taken)
        taken.add(found)
        guesses.append(found)
    return guesses


def _best(heading: str, taken: set[str]) -> str:
    exact = [field for field, words in _HEADINGS.items() if heading in map(names.fold, words)]
    part = [field for field, words in _HEADINGS.items() if any(_is_part(names.fold(word), heading) for word in words)]
    return next((field for field in (*exact, *part) if field not in taken), "")


def _is_part(word: str, heading: str) -> bool:
    """Short words only where a word begins: ethnicity is no city, and a community no unit."""
    return f" {word}" in f" {heading}" if len(word) <= 4 else word in heading


def details(fields: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """One row as the form for adding a person takes it; words and numbers that must not be kept are taken out."""
    found = {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell}
    found.update(_name_parts(found.pop("full_name", "")))
    found["language"] = _language(found)
    found["met_through"] = _met_through(found.get("met_through", ""))
    if year := found.get("birth_year", ""):
        found["birth_year"] = next((part for part in year.replace("/", "-").split("-") if len(part) == 4), year)
    return {"removal": "remove", **found}


def _name_parts(whole: str) -> dict[str, str]:
    """A whole name in its parts: `Cruz, Rosa` by the comma; Hangul stays whole; a third word is a second surname."""
    if not whole:
        return {}
    if names.is_hangul(whole):
        return {"native": whole}
    family, comma, given = whole.partition(",")
    if comma:
        return {"given": given.strip(), "family": family.strip()}
    words = whole.split()
    if len(words) <= 2:
        return dict(zip(("given", "family"), words, strict=False))
    given_words, families = words[: max(1, len(words) - 2)], words[max(1, len(words) - 2) :]
    return {"given": " ".join(given_words), "family": families[0], "family2": families[1]}


def _language(found: Mapping[str, str]) -> str:
    said = names.fold(found.get("language", ""))
    for code, words in _LANGUAGES.items():
        if said in map(names.fold, words):
            return code
    return names.language_of(*(found.get(part, "") for part in ("given", "family", "native")))


def _met_through(said: str) -> str:
    """How we met, by the code or its words; a table without a word on it comes from somebody who sent it."""
    folded = names.fold(said)
    known = {names.fold(word): how.value for how in MetThrough for word in (how.value, str(how.label))}
    return known.get(folded, MetThrough.REFERRAL.value)
