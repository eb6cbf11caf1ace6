"""Names as people type them: accents dropped, Hangul by its letters, Korean names by their sound.

`fold` makes any script comparable (`José` → `jose`, `김` → its three letters, so that a half-typed syllable is a
prefix). `sound` brings the spellings of one Korean name together (영희, Yeonghui, Young-hee). Family names have so
many settled spellings that they are a table.
"""

import re
import unicodedata
from functools import lru_cache

# Spellings of Korean family names in use in the United States; the first is the Hangul.
_FAMILY_SPELLINGS = """
김 kim gim|이 lee yi rhee ri li lie ree|박 park bak pak bahk|최 choi choe chwe
정 jung jeong chung cheong joung|강 kang gang|조 cho jo joe|윤 yoon yun youn
장 jang chang|임 lim im rim yim|한 han hahn|오 oh o|서 seo suh so|신 shin sin
권 kwon gwon|황 hwang whang|안 ahn an|송 song|류 ryu yoo yu ryoo|유 yoo yu you
전 jeon jun chun chon|홍 hong|고 ko go koh|문 moon mun|양 yang|손 son sohn|배 bae pae
백 baek paik back paek|허 heo hur huh|남 nam|심 shim sim|노 noh no roh|하 ha
곽 kwak gwak|성 sung seong|차 cha|주 joo ju chu|우 woo u wu|구 koo gu ku|민 min|나 na ra
진 jin chin|지 ji chi|엄 um eom uhm|채 chae|원 won|천 cheon chun|방 bang pang
공 kong gong|현 hyun hyeon|함 ham hahm|변 byun byeon|염 yeom yum|여 yeo yuh|추 choo chu
도 do doh|소 so|석 seok suk|선 sun seon|설 seol sul|마 ma|길 gil kil|연 yeon youn|표 pyo
명 myung myeong|기 ki gi|반 ban pan|금 keum geum|육 yuk yook|제 je jae|탁 tak
국 kook guk|어 eo uh|은 eun|편 pyun pyeon|용 yong|남궁 namgung namkung
"""
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
_FINALS = " k k k n n n t l k m p l l p l m p p t t ng t t k t p t".split(" ")
_SOUNDS = (
    ("yeo", "yo"), ("you", "yo"), ("yoo", "yo"), ("yu", "yo"), ("eui", "i"), ("ui", "i"), ("ee", "i"), ("ae", "e"),
    ("ai", "e"), ("ay", "e"), ("eo", "o"), ("eu", "o"), ("woo", "o"), ("wu", "o"), ("oo", "o"), ("ou", "o"), ("u", "o"),
    ("oh", "o"), ("ah", "a"), ("sh", "s"), ("ch", "j"), ("ng", "n"), ("c", "k"), ("g", "k"), ("d", "t"), ("b", "p"),
    ("r", "l"), ("z", "j"),
)  # fmt: skip
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Comparable form of a name in any script: no case, no accents, no punctuation, Hangul as its letters."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept.replace("'", "").replace("’", "")))


def is_hangul(text: str) -> bool:
    return any(_FIRST_SYLLABLE <= ord(c) <= _LAST_SYLLABLE for c in unicodedata.normalize("NFC", text))


def romanize(hangul: str) -> str:
    """Hangul syllables in the Revised Romanization, without its assimilations; other letters as they are."""
    return "".join(_romanize_one(c) for c in unicodedata.normalize("NFC", hangul))


def _romanize_one(syllable: str) -> str:
    index = ord(syllable) - _FIRST_SYLLABLE
    if not 0 <= index <= _LAST_SYLLABLE - _FIRST_SYLLABLE:
        return syllable
    return _INITIALS[index // 588] + _VOWELS[index % 588 // 28] + _FINALS[index % 28]


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """One key for the spellings of a Korean given name: `sound("Young-hee") == sound("영희")`."""
    latin = fold(romanize(name)).replace(" ", "")
    for spelling, key in _SOUNDS:
        latin = latin.replace(spelling, key)
    return re.sub(r"(.)\1+", r"\1", latin)


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for group in re.split(r"[|\n]", _FAMILY_SPELLINGS.strip()):
        hangul, *spellings = group.split()
        for spelling in (hangul, *spellings):
            groups.setdefault(fold(spelling), set()).add(hangul)
    return {spelling: frozenset(hangul) for spelling, hangul in groups.items()}


def families_of(word: str) -> frozenset[str]:
    """The Korean family names a word may be a spelling of: `Chun` → 전, 천. Empty for any other word."""
    return _families().get(fold(word), frozenset())


def split_hangul(name: str) -> tuple[str, str]:
    """Family and given part of a name written in Hangul without a space: 김영희 → 김, 영희."""
    plain = unicodedata.normalize("NFC", name).strip()
    if " " in plain:
        family, _, given = plain.partition(" ")
        return family, given.replace(" ", "")
    size = 2 if len(plain) > 3 and families_of(plain[:2]) else 1
    return plain[:size], plain[size:]


def listed(text: str) -> list[str]:
    """Names that stand in one line, separated by semicolons."""
    return [name for part in text.split(";") if (name := part.strip())]


def language_of(*names: str) -> str:
    """The language a name suggests, for a first guess only: Korean for Hangul, Spanish for its own letters."""
    text = " ".join(names)
    if is_hangul(text):
        return "ko"
    return "es" if re.search(r"[ñáéíóúÑÁÉÍÓÚ]", text) else "en"
