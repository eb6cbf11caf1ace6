"""Pay as it was told: “$2,800 cash at the end of the month, then $3,000 from March 2025”, in any of three languages.

A later amount keeps what was said of the earlier one (how often, in cash or by check) until something else is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from centro.clinic.calendar.dates import DATE_RULES, Said
from centro.clinic.calendar.model import Term
from centro.clinic.calendar.reading import Rule, Token, rule, tokens_of, unread_words

LONGEST_TYPED = 600
MOST_CENTS = 100_000_000


def cents_of(text: str) -> int | None:
    """Cents of a typed amount: 2,800 · 2800.50 · 2.800 (a point before three digits parts thousands)."""
    plain = text.replace(" ", "")
    if "," in plain and "." in plain:
        plain = plain.replace(",", "") if plain.rindex(".") > plain.rindex(",") else plain.replace(".", "")
    for mark in (",", "."):
        if len(plain.rpartition(mark)[2]) == 3:
            plain = plain.replace(mark, "")
    whole, _, part = plain.replace(",", ".").partition(".")
    if not whole.isdigit() or len(part) > 2:
        return None
    cents = int(whole) * 100 + int((part + "00")[:2])
    return cents if cents <= MOST_CENTS else None


def _amount(match: re.Match[str]) -> int | None:
    return cents_of(match["a"].rstrip(","))


def _korean(match: re.Match[str]) -> int:
    """2천8백: thousands and hundreds of dollars."""
    return (int(match["t"]) * 1000 + int(match["h"] or 0) * 100) * 100


_AMOUNT = r"(?P<a>\d[\d,]*(?:\.\d+)?)"
PAY_RULES: tuple[Rule, ...] = (
    rule("money", rf"\$\s*{_AMOUNT}", _amount),
    rule("money", r"(?P<t>\d)천\s*(?:(?P<h>\d)백)?\s*(?:달러|불)?(?:을|를|씩)?", _korean),
    rule("money",
         rf"{_AMOUNT}\s*(?:dollars?|dolares|bucks|usd|달러|불)(?:을|를|씩)?(?![a-z])", _amount),
    *DATE_RULES,
    rule("per",
         r"(?:an?|per|each|every|/|by\s+the)\s*(?:hour|hr)s?\b|hourly\b|(?:la|por|cada|x)\s+hora\b|시급|"
         r"시간당|한\s*시간에", ("hour", "")),
    rule("per",
         r"(?:every\s+(?:two|2|other)\s+weeks?|bi-?weekly|fortnightly|cada\s+(?:dos|2)\s+semanas|"
         r"catorcenal?(?:es)?)\b|(?:2|이)\s*주(?:일)?(?:마다|에\s*한\s*번|에)?", ("two_weeks", "two_weeks")),
    rule("per",
         r"(?:twice\s+a\s+month|semi-?monthly|(?:cada|por|la|a\s+la|x)?\s*quincenal?(?:es)?)\b|"
         r"(?:한\s*달에|월)\s*(?:두\s*번|2\s*[번회])", ("half_month", "half_month")),
    rule("per",
         r"(?:at\s+)?(?:the\s+)?end\s+of\s+(?:the|each|every)\s+week\b|(?:a\s+|"
         r"al\s+)?fin(?:al)?\s+de\s+(?:la\s+|cada\s+)?semana\b|주말(?:마다|에)", ("", "week")),
    rule("per",
         r"(?:every|each|on|cada|los)\s+(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|"
         r"martes|miercoles|jueves|viernes|sabado|domingo)s?\b|[월화수목금토일]요일마다|"
         r"매주\s*[월화수목금토일]요일(?:에|마다)?", ("", "week")),
    rule("per",
         r"(?:an?|per|each|every|/|by\s+the)\s*(?:week|wk)\b|weekly\b|(?:a\s+la|por|cada|x)\s+semana\b|"
         r"semanal(?:es|mente)?\b|주급|주당|매주|일주일에", ("week", "week")),
    rule("per", r"(?:at\s+|by\s+)?(?:the\s+)?end\s+of\s+(?:the|each|every)\s+month\b|end\s+of\s+month\b|month-?end\b"
         r"|(?:a|al)\s+fin(?:al)?(?:es)?\s+del?\s+(?:cada\s+)?mes\b|(?:매\s*달|매\s*월|매|달|월)?\s*"
         r"(?:월말|말일|(?<=[달월])\s*말)(?:에|마다)?", ("month", "month")),
    rule("per",
         r"(?:an?|per|each|every|/|by\s+the)\s*month\b|monthly\b|(?:al|por|cada|x)\s+mes\b|mensual(?:es|"
         r"mente)?\b|월급|매\s*달|매월|한\s*달에|월(?=\s*[$\d])", ("month", "month")),
    rule("per",
         r"(?:an?|per|each|every|/|by\s+the)\s*day\b|daily\b|day\s+rate\b|(?:al|por|cada|x)\s+dia\b|"
         r"diari[oa]s?\b|일당|하루(?:에)?", ("day", "")),
    rule("per",
         r"(?:an?|per)\s+year\b|yearly\b|al\s+ano\b|por\s+ano\b|anual(?:es)?\b|연봉|일년에", ("year", "month")),
    rule("method",
         r"(?:in\s+|en\s+)?(?:cash|efectivo)\b|under\s+the\s+table\b|현금(?:으로|을|만)?|현찰(?:로)?", "cash"),
    rule("method", r"(?:(?:by|in|with|con|en|por)\s+)?(?:pay)?(?:checks?|cheques?)\b|수표(?:로)?", "check"),
    rule("method",
         r"(?:by\s+|por\s+|con\s+)?(?:direct\s+deposit|deposit|deposito|transfer(?:encia)?|zelle|venmo)\b|"
         r"계좌(?:로)?|입금|송금|이체", "deposit"),
    rule("statement",
         r"(?:(?:and|y|with|con)?\s*(?:no|without|never\s+a?|sin|nunca|ningun)\s+(?:any\s+|"
         r"a\s+)?(?:pay\s*)?(?:stubs?|statements?|talon(?:es)?|colillas?|recibos?)(?:\s+de\s+(?:pago|"
         r"cheque))?)\b"
         r"|(?:급여\s*)?명세서(?:도|는|가)?\s*(?:없\S*|못\s*받\S*|안\s*줌|안\s*줬\S*)", "missing"),
    rule("statement",
         r"with\s+(?:a\s+)?(?:pay\s*)?stubs?\b|con\s+(?:talon|colilla|recibo)(?:es|s)?(?:\s+de\s+pago)?\b|"
         r"명세서(?:와|랑|도)?\s*(?:함께|같이|받\S*)", "complete"),
    rule("nothing",
         r"(?:never|not|was\s*n[o']t|didn't\s+get)\s+paid\b|nothing\s+(?:was\s+)?paid\b|(?:no|"
         r"nunca)\s+me\s+(?:pagaron|pago)\b|sin\s+pago\b|(?:한\s*푼도\s*)?(?:못\s*받\S*|안\s*받\S*)", "nothing"),
    rule("money", r"(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{2,6}(?:\.\d{1,2})?)(?![\d/:])"
         r"(?!\s*-?\s*(?:hours?|hrs?|horas?|시간|days?|dias?|일|weeks?|semanas?|주|개월|%))", _amount),
    rule("to", r"(?:until|till|up\s+to|through|hasta)(?:\s+el|\s+the)?\b|-+|~|to\b|까지", "to"),
    rule("from", r"(?:from|since|starting|beginning|as\s+of|desde|a\s+partir)(?:\s+(?:the|el|del?))?\b|부터", "from"),
    rule("stop", r"[,;.·\n/]", ","),
    rule("filler",
         r"(?:and|y|e|the|then|later|after(?:\s+that)?|now|luego|despues|ahora|entonces|paid|pays?|pago|"
         r"pagaban?|pagaron|me|was|were|were|got|get|earned|salary|sueldo|salario|wage|"
         r"in|on|at|of|el|la|los|las|de|del|en|i|he|she|they|a|al|raised|raise|aumento|subio|it|about|como|"
         r"every|cada|por|per|con|with|each)\b", "filler"),
    rule("filler",
         r"그\s*(?:다음|후|뒤)(?:에는|에|로)?|나중에(?:는)?|이후(?:에는|로|에)?|씩|받\S*|줌|줬\S*|급여|"
         r"임금|월|약|정도|으로|로|을|를|은|는|이|가|에는|에", "filler"),
    rule("filler", r"[()\[\]\"'&+:!?*•]", "filler"),
)  # fmt: skip


@dataclass(frozen=True)
class PayReading:
    """The pay that was read, oldest first. `missing`: amount, per."""

    terms: tuple[Term, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every word was understood and nothing is missing."""
        return bool(self.terms) and not (self.missing or self.unread or self.impossible)


@dataclass
class _Told:
    """One amount while it is being read."""

    amount: int | None = None
    per: str = ""
    every: str = ""
    method: str = ""
    statement: str = ""
    first: date | None = None
    last: date | None = None
    is_nothing: bool = False


def read_pay(text: str, today: date) -> PayReading:
    """What a typed line about pay says; `today` gives the year to “from March”."""
    text = text[:LONGEST_TYPED]
    tokens = list(tokens_of(text, PAY_RULES))
    impossible: list[str] = []
    told = list(_told(text, tokens, today, impossible))
    terms = tuple(_terms(told))
    missing = [] if terms else ["amount"]
    if terms and any(not term.per for term in terms):
        missing.append("per")
    return PayReading(() if missing else terms, tuple(missing), unread_words(text, tokens), tuple(impossible))


def _told(text: str, tokens: list[Token], today: date, impossible: list[str]) -> Iterator[_Told]:
    """One after another the amounts, each with what stands around it."""
    now, is_closed = _Told(), False
    for at, token in enumerate(tokens):
        if _begins_next(tokens, at, now, is_closed):
            yield now
            now = _Told()
        is_closed = (is_closed or token.kind == "stop") and now.amount is not None and token.kind != "money"
        if token.kind == "date":
            _date(now, tokens, at, today, text, impossible)
        else:
            _note(now, token)
    yield now


def _begins_next(tokens: list[Token], at: int, now: _Told, is_closed: bool) -> bool:
    """Whether this piece already belongs to the next amount."""
    token = tokens[at]
    if token.kind == "money":
        return now.amount is not None
    if not is_closed or not _money_follows(tokens, at):
        return False
    return (token.kind == "date" and not _is_end(tokens, at)) or (token.kind == "per" and bool(now.per))


def _note(now: _Told, token: Token) -> None:
    if token.kind == "money":
        now.amount = token.value
    elif token.kind == "per":
        per, every = token.value
        now.per, now.every = now.per or per, every or now.every
    elif token.kind in ("method", "statement"):
        setattr(now, token.kind, token.value)
    elif token.kind == "nothing":
        now.is_nothing = True


def _money_follows(tokens: list[Token], at: int) -> bool:
    """Whether the next amount comes before the next comma: then these words belong to it."""
    for token in tokens[at + 1 :]:
        if token.kind in ("money", "stop"):
            return token.kind == "money"
    return False


def _is_end(tokens: list[Token], at: int) -> bool:
    before = tokens[at - 1].kind if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return before == "to" or (
        after is not None and after.kind == "to" and after.value == "to" and after.end - after.at == 2
    )


def _date(now: _Told, tokens: list[Token], at: int, today: date, text: str, impossible: list[str]) -> None:
    said: Said = tokens[at].value
    try:
        if _is_end(tokens, at):
            now.last = said.last(today)
        else:
            now.first = said.first(today)
    except ValueError:
        impossible.append(text[tokens[at].at : tokens[at].end])


def _terms(told: list[_Told]) -> Iterator[Term]:
    kept = [one for one in told if one.amount is not None]
    before = _Told()
    for at, one in enumerate(kept):
        for name in ("per", "every", "method", "statement"):
            setattr(one, name, getattr(one, name) or getattr(before, name))
        if one.first is None and before.last:
            one.first = before.last + timedelta(days=1)
        following = kept[at + 1].first if at + 1 < len(kept) else None
        last = one.last or (following - timedelta(days=1) if following else None)
        per = one.per or one.every
        term = Term(
            one.amount or 0,
            per,
            one.first,
            last,
            one.every or ("week" if per in ("hour", "day", "week") else per),
            one.method or "other",
            one.statement,
            "nothing" if one.is_nothing else "agreed",
        )
        yield replace(term, every="month") if term.every == "year" else term
        before = one
