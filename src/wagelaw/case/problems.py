"""What is wrong with a case, said in three languages, one line a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wagelaw.words import claim_words

MOST_SHOWN = 200


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where (`path`), the id of the message, and the words to put into it."""

    path: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def words(self, language: str = "en") -> str:
        """`path: what is wrong; what is expected`, on one line."""
        text = claim_words(language)["problems"][self.message].format(**self.values)
        return f"{self.path}: {text}" if self.path else text


class CaseError(ValueError):
    """The case cannot be computed; `problems` says why, all of them at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.lines()))

    def lines(self, language: str = "en") -> list[str]:
        """The problems in words; the first two hundred, and how many more there are."""
        shown = [problem.words(language) for problem in self.problems[:MOST_SHOWN]]
        rest = len(self.problems) - len(shown)
        if rest > 0:
            shown.append(Problem("", "and_more", {"count": str(rest)}).words(language))
        return shown
