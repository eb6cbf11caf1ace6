"""The environment, typed. Every variable is named once, here, with the reason it exists."""

import hashlib
import os
import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent.parent


class BadEnvironment(SystemExit):
    """A variable is missing or malformed: said in one sentence, exit 78 (EX_CONFIG)."""

    def __init__(self, sentence: str) -> None:
        print(f"centro: {sentence}", file=sys.stderr)
        super().__init__(78)


@dataclass(frozen=True)
class Env:
    # Which of the three ways of running this is: demo, test or production.
    CENTRO_MODE: str = "production"
    # Folder that holds this center's data: database, keyring, sealed files.
    CENTRO_DATA: str = ""
    # File with the 32-byte root key. Not on the same disk as the backups.
    CENTRO_ROOT_KEY_FILE: str = ""
    # File with Django's signing secret. It signs, it never encrypts.
    CENTRO_SECRET_KEY_FILE: str = ""
    # postgres://user@host/name; empty means SQLite in CENTRO_DATA.
    DATABASE_URL: str = ""
    # Exact host names this center answers to, comma-separated.
    ALLOWED_HOSTS: str = ""
    # Set by `centro demo --https`: this machine's address in its network, which a phone may ask for.
    CENTRO_DEMO_ADDRESS: str = ""
    # How many proxies stand in front (one nginx: 1). Addresses in headers are believed only from them.
    CENTRO_PROXIES: str = "1"
    # Where staff mail goes, such as smtp://user:pass@host:587; empty = the outbox page only.
    EMAIL_URL: str = ""
    # Address staff mail comes from.
    CENTRO_MAIL_FROM: str = "centro@localhost"
    # "on" lets phones carry visit lists (field mode). Off by default: the center's lead decides it.
    CENTRO_FIELD_MODE: str = "off"
    # Hours in which texts go out, in the center's time zone: from the first to before the second.
    CENTRO_TEXT_HOURS: str = "9-20"
    # Account of the texting service Twilio; empty = texts wait in the outbox and are sent by hand.
    TWILIO_ACCOUNT_SID: str = ""
    # File with that account's auth token: it sends, and proves that what comes in is from there.
    TWILIO_AUTH_TOKEN_FILE: str = ""
    # The number texts come from (+1…), or the id of a messaging service (MG…).
    TWILIO_FROM: str = ""
    # Where that service is asked to send. Another address only for trying things out.
    TWILIO_API: str = "https://api.twilio.com"
    # Dues of a member for a year, in whole dollars; the form begins with it.
    CENTRO_DUES_A_YEAR: str = "24"
    # How many of a hundred members must be there for the assembly to decide.
    CENTRO_QUORUM_PERCENT: str = "20"
    # How hard a browser works before it sends the public form: leading zero bits of a hash. 0 = not at all.
    CENTRO_WORK_BITS: str = "16"
    # Time zone of the center, for days, shifts and deadlines.
    CENTRO_TIME_ZONE: str = "America/Los_Angeles"

    @property
    def data(self) -> Path:
        """The data folder; each mode has its own so that a demo never touches a center."""
        return Path(self.CENTRO_DATA) if self.CENTRO_DATA else ROOT / "instance" / self.CENTRO_MODE

    @property
    def memory(self) -> Path:
        """A folder in memory for this center's unlocked root key; emptied by a power cut."""
        name = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:12]
        return Path("/dev/shm") / f"centro-{os.getuid()}-{name}"

    @property
    def text_hours(self) -> tuple[int, int]:
        """The hours in which texts go out, such as (9, 20)."""
        begins, _, ends = self.CENTRO_TEXT_HOURS.partition("-")
        if not (begins.isdecimal() and ends.isdecimal() and int(begins) < int(ends) <= 24):
            raise BadEnvironment(f"CENTRO_TEXT_HOURS is “{self.CENTRO_TEXT_HOURS}”; it must look like 9-20.")
        return int(begins), int(ends)

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number that a variable holds, within its bounds."""
        text = str(getattr(self, name))
        if not text.isdecimal() or not least <= int(text) <= most:
            raise BadEnvironment(f"{name} is “{text}”; it must be a whole number from {least} to {most}.")
        return int(text)

    def twilio_token(self) -> str:
        """The auth token of the texting service; a half-given account is refused."""
        path = Path(self.TWILIO_AUTH_TOKEN_FILE)
        if not (self.TWILIO_AUTH_TOKEN_FILE and self.TWILIO_FROM and path.is_file()):
            raise BadEnvironment("TWILIO_ACCOUNT_SID also needs TWILIO_FROM, and a file in TWILIO_AUTH_TOKEN_FILE.")
        return path.read_text(encoding="ascii").strip()

    @property
    def is_demo(self) -> bool:
        return self.CENTRO_MODE == "demo"

    @property
    def is_test(self) -> bool:
        return self.CENTRO_MODE == "test"

    @property
    def hosts(self) -> list[str]:
        if self.is_demo:
            return ["localhost", "127.0.0.1", "[::1]", *filter(None, [self.CENTRO_DEMO_ADDRESS])]
        if self.is_test:
            return ["localhost", "127.0.0.1", "testserver"]
        return [host.strip() for host in self.ALLOWED_HOSTS.split(",") if host.strip()]

    def secret(self) -> str:
        """The signing secret: from its file, or made once inside the data folder of a demo or a test."""
        path = Path(self.CENTRO_SECRET_KEY_FILE) if self.CENTRO_SECRET_KEY_FILE else self.data / "secret.key"
        if path.is_file():
            return path.read_text(encoding="ascii").strip()
        if self.CENTRO_MODE == "production" and self.CENTRO_SECRET_KEY_FILE:
            raise BadEnvironment(f"CENTRO_SECRET_KEY_FILE names {path}, which is not there.")
        return write_new_secret(path)


def write_new_secret(path: Path) -> str:
    """Make a signing secret that only this user may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = os.urandom(48).hex()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:  # another process of the same start was first
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    return text


def read() -> Env:
    """Read the environment; refuse combinations that would make a demo out of a real center."""
    given = {field.name: os.environ[field.name] for field in fields(Env) if os.environ.get(field.name)}
    env = Env(**given)
    if env.CENTRO_MODE not in {"demo", "test", "production"}:
        raise BadEnvironment(f"CENTRO_MODE is “{env.CENTRO_MODE}”; it must be demo, test or production.")
    if env.is_demo and (env.DATABASE_URL or env.ALLOWED_HOSTS):
        raise BadEnvironment("demo mode refuses to start where DATABASE_URL or ALLOWED_HOSTS is set.")
    if env.DATABASE_URL and not re.match(r"postgres(ql)?://[^/]*/[^/?]", env.DATABASE_URL):
        raise BadEnvironment("DATABASE_URL must look like postgres://user:password@host/name; empty: SQLite.")
    if env.EMAIL_URL and not re.fullmatch(r"smtp://([^@/]+@)?[^@/:]+(:\d{1,5})?/?", env.EMAIL_URL):
        raise BadEnvironment("EMAIL_URL must look like smtp://user:password@host:587; empty: nothing is sent.")
    if not _is_zone(env.CENTRO_TIME_ZONE):
        raise BadEnvironment(f"CENTRO_TIME_ZONE is “{env.CENTRO_TIME_ZONE}”; it must look like America/Los_Angeles.")
    return env


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
