"""Phone numbers: what people type, what is kept (E.164), what is shown."""

import phonenumbers

HOME = "US"


class NotAPhone(ValueError):
    """What was typed cannot be a phone number."""


def parse(text: str) -> str:
    """`+12135550123` from `(213) 555-0123` and the like; other countries by their `+`. `NotAPhone` otherwise."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(text) from error
    if not phonenumbers.is_possible_number(number):
        raise NotAPhone(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """`(213) 555-0123` at home, international otherwise; anything else (a masked number) as it is."""
    if "•" in number:
        return number
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return number
    is_home = parsed.country_code == 1
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
