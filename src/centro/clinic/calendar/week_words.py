"""The words of a usual week in English, Spanish and Korean, as rules for `reading.tokens_of`."""

import re

from centro.clinic.calendar.clocks import AT_TIME, RANGE, TIME, range_of, time_of
from centro.clinic.calendar.dates import DATE_RULES
from centro.clinic.calendar.reading import Rule, rule

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KOREAN_DAYS = "월화수목금토일"
_DAY_NAMES = (
    r"mon(?:day)?s?|lun(?:es)?",
    r"tue(?:s|sday)?s?|mar(?:tes)?",
    r"wed(?:nesday)?s?|mie(?:rcoles)?",
    r"thu(?:rs?|rsday)?s?|jue(?:ves)?",
    r"fri(?:day)?s?|vie(?:rnes)?",
    r"sat(?:urday)?s?|sab(?:ados?)?",
    r"sun(?:day)?s?|dom(?:ingos?)?",
)
_NUMBERS = {
    **dict.fromkeys(("zero", "cero"), 0),
    **dict.fromkeys(("one", "un", "una", "uno"), 1),
    **dict.fromkeys(("two", "dos"), 2),
    **dict.fromkeys(("three", "tres"), 3),
    **dict.fromkeys(("four", "cuatro"), 4),
    **dict.fromkeys(("five", "cinco"), 5),
    **dict.fromkeys(("six", "seis"), 6),
    **dict.fromkeys(("seven", "siete"), 7),
    **dict.fromkeys(("eight", "ocho"), 8),
    **dict.fromkeys(("nine", "nueve"), 9),
    **dict.fromkeys(("ten", "diez"), 10),
    **dict.fromkeys(("eleven", "once"), 11),
    **dict.fromkeys(("twelve", "doce"), 12),
    **dict.fromkeys(("fifteen", "quince"), 15),
    **dict.fromkeys(("twenty", "veinte"), 20),
    **dict.fromkeys(("thirty", "treinta"), 30),
    **dict.fromkeys(("forty", "cuarenta"), 40),
    **dict.fromkeys(("forty-five", "cuarenta y cinco"), 45),
    **dict.fromkeys(("sixty", "sesenta"), 60),
}
_NUMBER = r"(?P<n>\d+|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_KOREAN_TIMES = {"한": 1, "두": 2, "세": 3, "네": 4}
SHORTEST_WORK = 180  # minutes: three hours or more, said as a length, are the day's work and no meal


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _korean_days(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(WEEKDAYS[_KOREAN_DAYS.index(letter)] for letter in match["run"])


def _minutes(match: re.Match[str]) -> int:
    return _number(match["n"])


def _hours(match: re.Match[str]) -> int:
    parts = match.groupdict()
    half = 30 if parts.get("half") else int(parts.get("m") or 0)
    tenth = 6 * int(parts["t"]) if parts.get("t") else 0
    return 60 * _number(match["n"]) + half + tenth


def _no_time(text: str) -> str | None:
    """Text with a colon that is no time of day: 25:00."""
    return (
        text if any(int(hour) > 24 or int(minute) > 59 for hour, minute in re.findall(r"(\d+):(\d+)", text)) else None
    )


def _times(match: re.Match[str]) -> int:
    word = match["n"]
    return _KOREAN_TIMES[word] if word in _KOREAN_TIMES else int(word)


_LENGTHS = (
    rule("length", r"(?:a\s+)?half(?:[\s-]an)?[\s-]hours?\b|media\s+hora\b|반\s*시간|30분", 30),
    rule("length", r"(?:a\s+)?quarter[\s-](?:of\s+an\s+)?hour\b|(?:un\s+)?cuarto\s+de\s+hora\b", 15),
    rule("length", r"an\s+hour\s+and\s+a\s+half|(?:una\s+)?hora\s+y\s+media", 90),
    rule("length", r"an\s+hour\b|(?:de\s+)?una\s+hora\b|한\s*시간", 60),
    rule("length", rf"{_NUMBER}\s*-?\s*(?:minute|minuto|min)s?\b", _minutes),
    rule("length", r"(?P<n>\d+)\s*분(?:간|짜리|씩)?", _minutes),
    rule("length", rf"{_NUMBER}\s*-?\s*(?:hours?|hrs?|horas?|h)\b(?P<half>\s+(?:and\s+a\s+half|y\s+media))?"
         r"(?:\s*(?:y|and)?\s*(?P<m>\d\d)\s*(?:min\w*)?)?", _hours),
    rule("length", r"(?P<n>\d+)(?:[.,](?P<t>\d))\s*-?\s*(?:hours?|hrs?|horas?|h\b|시간)", _hours),
    rule("length", r"(?P<n>\d+)\s*시간(?:\s*(?P<m>\d+)\s*분|\s*(?P<half>반))?(?:씩)?", _hours),
)  # fmt: skip

_DAYS = (
    rule("days",
         r"every\s*day\b|daily\b|all\s+(?:week|7\s+days)\b|(?:los\s+)?(?:7|siete)\s+dias(?:\s+(?:a|"
         r"de)\s+la\s+semana)?\b"
         r"|(?:7|seven)\s+days(?:\s+a\s+week)?\b|(?:todos\s+)?los\s+dias\b|todos\s+los\s+dias\b|diario\b|매일|"
         r"날마다|주\s*7일(?:제)?", WEEKDAYS),
    rule("days", r"weekdays?\b|entre\s+semana\b|평일|주중|l\s*(?:a|-)\s*v\b", WEEKDAYS[:5]),
    rule("days", r"weekends?\b|fin(?:es)?\s+de\s+semana\b|주말", WEEKDAYS[5:]),
    rule("count_of_days",
         rf"{_NUMBER}\s+(?:days|dias)(?:\s+(?:a|per|each|every)\s+week|\s+(?:a|por|de)\s+la\s+semana|"
         rf"\s+por\s+semana)?\b", _minutes),
    rule("count_of_days", r"(?:일주일에|주)\s*(?P<n>[1-6])일(?:제|씩)?", _minutes),
    *(rule("days", rf"(?:{names})\b\.?", (WEEKDAYS[at],)) for at, names in enumerate(_DAY_NAMES)),
    Rule("days", re.compile(rf"(?P<run>[{_KOREAN_DAYS}])요일(?:마다|날)?(?:에(?:는)?|은|는)?"), _korean_days),
    Rule("days", re.compile(rf"(?P<run>[{_KOREAN_DAYS}]+)(?:에(?:는)?|은|는)?(?![가-힣])"), _korean_days),
    Rule("days", re.compile(rf"(?P<run>[{_KOREAN_DAYS}])(?=부터)"), _korean_days),
)  # fmt: skip

WEEK_RULES: tuple[Rule, ...] = (
    *DATE_RULES,
    Rule("range", RANGE, range_of),
    rule("unread", r"\d{1,2}:\d\d(?:\s*-\s*\d{1,2}:\d\d)?(?!\d)", lambda match: _no_time(match[0])),
    *_LENGTHS[:2],
    Rule("time", AT_TIME, time_of),
    Rule("time", TIME, time_of),
    *_DAYS[:5],
    *_LENGTHS[2:],
    *_DAYS[5:],
    rule("count", r"(?P<n>[한두세네]|\d)\s*(?:번|회|차례)(?:씩)?", _times),
    rule("count", r"once\b|una\s+vez\b", 1),
    rule("count", r"twice\b|dos\s+veces\b", 2),
    rule("meal",
         r"(?:meal|lunch|dinner)(?:\s*-?\s*(?:break|period|time)s?)?\b|meals\b|lunches\b|(?:break\s+)?(?:to|"
         r"for)\s+eat(?:ing)?\b"
         r"|(?:hora\s+de\s+(?:la\s+)?)?(?:comidas?|almuerzos?|lonches?|cenas?)\b|(?:para\s+)?comer\b"
         r"|(?:식사|점심|저녁|밥)(?:\s*(?:식사|시간|휴식))*(?:은|는|을|이|도)?", "meal"),
    rule("off",
         r"(?:days?\s+)?off\b|closed\b|libres?\b|cerrado\b|descansa(?:ba|n|mos)?\b|dias?\s+(?:libres?|"
         r"de\s+descanso)\b|franco\b"
         r"|휴무(?:일)?|쉬는\s*날|쉼\b|쉬고|쉬었\S*|쉽니다|쉬어요|휴일|비번", "off"),
    rule("but",
         r"except\b|but\s+not\b|not\s+on\b|but\b|excepto\b|menos\b|salvo\b|pero\s+no\b|빼고|제외(?:하고)?|"
         r"말고", "but"),
    rule("rest", r"(?:rest|coffee)\s*-?\s*(?:break|period)s?\b|rests?\b|breaks?\b"
         r"|(?:periodos?\s+de\s+)?descansos?\b|recesos?\b|pausas?\b"
         r"|(?:휴식|휴게|쉬는|브레이크)(?:\s*시간)?(?:은|는|을|이|도)?", "rest"),
    rule("no_before",
         r"no\b|without\b|never(?:\s+(?:a|any|got|had))?\b|not\s+any\b|sin\b|nunca\b|ningun[ao]?s?\b|zero\b|"
         r"cero\b", "no"),
    rule("no_after", r"없\S*|못\s*(?:먹|쉬|가)\S*|안\s*(?:줌|줘|먹|쉬)\S*|none\b", "no"),
    rule("count", rf"{_NUMBER}\b(?![:.]\d)", _minutes),
    rule("nor", r"n?or\b|ni\b|o\b", "nor"),
    rule("article", r"an?\b", "a"),
    rule("to", r"-+|~|to\b|thru\b|through\b|until\b|till\b|al\b|hasta(?:\s+el)?\b|까지", "to"),
    rule("from", r"from\b|since\b|starting\b|beginning\b|desde(?:\s+el)?\b|a\s+partir\s+del?\b|부터", "from"),
    rule("guess",
         r"maybe\b|i\s+think\b|not\s+sure\b|perhaps\b|quizas?\b|creo(?:\s+que)?\b|no\s+estoy\s+segur[oa]\b|"
         r"아마(?:도)?|잘\s*모르\S*", "guess"),
    rule("rough",
         r"about\b|around\b|approx\w*\.?|roughly\b|more\s+or\s+less\b|almost\b|como\b|mas\s+o\s+menos\b|"
         r"aproximad\w+\b|alrededor\b|casi\b"
         r"|약|대략|쯤|정도|거의", "rough"),
    rule("stop", r"[,;.·\n/]", ","),
    rule("filler",
         r"(?:and|y|e|the|las?|los|el|del?|en|de|lo|with|con|in|at|on|of|also|tambien|work(?:s|ed|ing)?|i|"
         r"he|she|they|we|was|were|had|got|has|gets?|"
         r"each|every|per|cada|por|dia|day|week|semana|usual(?:ly)?|normal(?:ly|mente)?|hours|horario|shift|"
         r"turno|turn|only|solo|solamente|just|unpaid|off\s+duty|"
         r"trabaj\w+|entra(?:ba|da)?|salida|sali[ao]|sale|me\s+daban|dan|habia|hay|tenia|tengo|start(?:s|ed|"
         r"ing)?|end(?:s|ed|ing)?|finish(?:ed)?|open(?:ed|ing)?|clos(?:e|ing)|"
         r"for|para)\b\.?", "filler"),
    rule("filler",
         r"제가|저는|이?었\S*|였\S*|일했\S*|일함|일하\S*|일\b|근무(?:시간|했\S*|함)?|출근|퇴근|시작|끝|"
         r"하루(?:에)?|씩|동안|보통|그리고|및|에는|에|은|는|이고|이며|만|요|이다|입니다|있\S*|을|를|이|가|"
         r"도|부터|주", "filler"),
    rule("filler", r"[()\[\]\"'&+:!?*•]", "filler"),
)  # fmt: skip
