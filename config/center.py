"""Setting up a center from the terminal, and proving that nobody touched its logs."""

import itertools
import re
import sys
from collections.abc import Sequence

from config import paper_kit, running, unlocking

LONGEST_NAME = 120
LANGUAGES = {"en": "English", "es": "español", "ko": "한국어"}


def create_center(*, name: str, officers: Sequence[str]) -> int:
    """Set up a new center with its first two officers; asks for what the flags did not say."""
    running.start_django()
    from django.conf import settings

    if name:
        refuse_long_name(name)
    people = [read_officer(words) for words in officers]
    if people and len({username for _name, username, _language in people}) < 2:
        raise running.Stop("a center needs two officers with different user names: give --officer twice.")
    if running.make_root_key():
        running.say(f"A new root key was written to {settings.ROOT_KEY_FILE}.")
    running.bring_up_to_date()
    refuse_second_center()
    put_key_on_paper()
    name = name or ask("Name of the center: ")
    refuse_long_name(name)
    offer_locked_start()
    return found_center(name, people or [ask_officer("First"), ask_officer("Second")])


def refuse_long_name(name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise running.Stop(f"the name of a center has from 1 to {LONGEST_NAME} characters.")


def refuse_second_center() -> None:
    from centro.core.models import User

    if User.objects.filter(is_demo=False).exists():
        raise running.Stop("this center has been set up already.")


def put_key_on_paper() -> None:
    """Set-up goes on only when both paper kits were written; where nobody is there to write, say so."""
    from centro.core.vault import root

    running.say("Without the root key nothing can ever be read again. It belongs on paper, in two safe places.\n")
    if not sys.stdin.isatty():
        running.say(
            "Nobody is at this terminal: print it with “centro root-key print” before the first person comes.\n"
        )
    elif not paper_kit.hand_out(root.key(), input, running.say):
        raise running.Stop("the root key is not on paper yet; run “centro create-center” again.")


def offer_locked_start() -> None:
    """A center starts locked unless somebody at the terminal says no; where nobody is there, say how."""
    if not sys.stdin.isatty():
        running.say("To let this center start locked: “centro root-key seal”.\n")
        return
    running.say("Locked start: after each start of this machine somebody says a passphrase before anything opens.")
    if input("Start locked? Yes is safer. [Y/n] ").strip().lower() not in {"n", "no"}:
        unlocking.seal_root_key()


def print_root_key() -> int:
    """Show both paper kits again."""
    running.start_django()
    from centro.core.vault import root

    try:
        key = root.key()
    except root.Locked as why:
        raise running.Stop(f"{why}.") from None
    for kit in range(1, paper_kit.KITS + 1):
        running.say(paper_kit.show(key, kit))
    return 0


def type_root_key() -> int:
    """Write the root key file from a paper kit; refuses to replace a key that is there."""
    running.start_django()
    from django.conf import settings

    from centro.core.vault import locked_start, paper

    if settings.ROOT_KEY_FILE.exists():
        raise running.Stop(f"there is a root key at {settings.ROOT_KEY_FILE}; it is not replaced.")
    running.say("Type the four lines of one paper kit, each ended with Enter.")
    typed = list(itertools.islice(filter(str.strip, sys.stdin), paper.LINES))
    try:
        key = paper.read("".join(typed))
    except paper.Miswritten as slip:
        raise running.Stop(f"{slip}; look at the paper again. Nothing was written.") from None
    locked_start.write(settings.ROOT_KEY_FILE, key)
    running.say("The root key is back. “centro audit verify” proves that it is the key of this data.")
    return 0


def found_center(name: str, people: list[tuple[str, str, str]]) -> int:
    """Create the center; print each officer's link, which is shown this once."""
    from django.conf import settings
    from django.urls import reverse

    from centro.core import actions
    from centro.core.classes import Role

    roles = (Role.ADMIN, Role.DIRECTOR)
    made = [actions.Officer(*words, roles=roles) for words in people]
    try:
        links = actions.create_center(name=name, officers=made)
    except actions.NotAllowed as sentence:
        raise running.Stop(str(sentence)) from None
    host = f"https://{settings.ALLOWED_HOSTS[0]}" if settings.ALLOWED_HOSTS else "https://<your site>"
    running.say("Give each officer their own link. It works once, for 24 hours, and is not shown again.")
    for user, link in links:
        running.say(f"  {user.username}: {host}{reverse('core:invitation', args=[link])}")
    return 0


def read_officer(words: str) -> tuple[str, str, str]:
    """An officer from a flag: name, user name, language."""
    parts = [part.strip() for part in words.split(",")]
    if len(parts) != 3 or not all(parts) or parts[2] not in LANGUAGES:
        raise running.Stop(f"“{words}” should be: name, user name, language (en, es or ko).")
    if not is_username(parts[1]):
        raise running.Stop(f"“{parts[1]}” is no user name: {USERNAME_WORDS}.")
    return parts[0], parts[1], parts[2]


USERNAME_WORDS = "small letters, digits, dots and hyphens, from 2 to 60 of them"


def is_username(text: str) -> bool:
    from centro.core.invitations import USERNAME

    return len(text) <= 60 and re.match(USERNAME, text) is not None


def ask(question: str) -> str:
    """Ask until there is an answer; no terminal to ask at is an error."""
    if not sys.stdin.isatty():
        raise running.Stop("nobody is here to ask; give --name and twice --officer.")
    while not (answer := input(question).strip()):
        pass
    return answer


def ask_officer(which: str) -> tuple[str, str, str]:
    name = ask(f"{which} officer, name: ")
    username = ask("  user name to sign in with: ")
    while not is_username(username):
        username = ask(f"  please use {USERNAME_WORDS}: ")
    language = ""
    while language not in LANGUAGES:
        language = ask(f"  language ({', '.join(f'{code} {name}' for code, name in LANGUAGES.items())}): ")
    return name, username, language


def verify_logs() -> int:
    """Walk both logs from their first entry; exit code 1 names the first entry that was touched."""
    running.start_django()
    running.refuse_unless_set_up()
    from centro.core import audit
    from centro.core.models import Access, Event
    from centro.core.vault import root

    try:
        verdicts = [audit.verify(log) for log in (Event, Access)]
    except root.Locked as why:
        raise running.Stop(f"{why}.") from None
    for verdict in verdicts:
        if verdict.broken_at is None:
            running.say(f"{verdict.log}: {verdict.entries:,} entries, chain intact.")
        else:
            print(f"{verdict.log}: entry {verdict.broken_at} is {verdict.why}.", file=sys.stderr)
    return 1 if any(verdict.broken_at is not None for verdict in verdicts) else 0
