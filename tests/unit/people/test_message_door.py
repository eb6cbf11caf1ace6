"""A message to a person leaves by one door, `people.actions.send_message`: nobody else writes one or sends a text."""

import ast
from collections.abc import Iterator
from pathlib import Path

from centro.people import actions, messages

SOURCES = Path(messages.__file__).parents[1]
MAY_WRITE = {"people/messages.py", "people/sms/receiving.py"}  # what goes out; what comes in
MAY_ASK_THE_SERVICE = {"people/sms/delivery.py"}


def calls(source: str) -> Iterator[str]:
    """What a file calls, as written: `Message`, `Message.objects.create`, `twilio.send`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def who_calls(*names: str) -> set[str]:
    return {
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if "migrations" not in path.parts and set(calls(path.read_text())) & set(names)
    }


def test_the_door_has_the_name_that_the_architecture_says() -> None:
    assert actions.send_message is messages.send_message


def test_nobody_else_writes_a_message() -> None:
    writers = who_calls("Message", "Message.objects.create", "Message.objects.bulk_create")
    assert {path for path in writers if not path.startswith("web/demo/")} <= MAY_WRITE


def test_nobody_else_asks_the_service() -> None:
    assert who_calls("twilio.send") <= MAY_ASK_THE_SERVICE


def test_another_writer_would_be_seen() -> None:
    assert "Message.objects.create" in set(calls("Message.objects.create(person=who, words='hi')"))
    assert "people/messages.py" in who_calls("Message.objects.create")
    assert "people/sms/delivery.py" in who_calls("twilio.send")
