"""Long texts kept as files: `content/<kind>/<id>.<language>.md`, with a version in the front matter.

A text that a person agreed to, or that was printed for them, is known by its version ever after.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


class NoSuchText(LookupError):
    """There is no such text, or not in this language."""


@dataclass(frozen=True)
class Text:
    """One text in one language. `body_markdown` is what it says; `version` is the same in every language."""

    version: str
    title: str
    body_markdown: str

    @property
    def html(self) -> SafeString:
        """The body for a page. Raw HTML inside the Markdown is shown, never obeyed."""
        return SafeString(_MARKDOWN.render(self.body_markdown))

    @property
    def paragraphs(self) -> list[str]:
        """The body for print: plain paragraphs, without marks."""
        return [" ".join(block.split()) for block in self.body_markdown.split("\n\n") if block.strip()]


def text(kind: str, name: str, language: str) -> Text:
    """The text of this kind and name in a language; `NoSuchText` when nobody wrote it."""
    path = Path(settings.CONTENT) / kind / f"{name}.{language}.md"
    if not name.isidentifier() or not path.is_file():
        raise NoSuchText(f"{kind}/{name}.{language}")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, _changed_at: int) -> Text:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    return Text(version=str(front["version"]), title=str(front["title"]), body_markdown=body.strip())


def languages_of(kind: str, name: str) -> set[str]:
    """The languages a text exists in."""
    return {code for code, _ in settings.LANGUAGES if (Path(settings.CONTENT) / kind / f"{name}.{code}.md").is_file()}
