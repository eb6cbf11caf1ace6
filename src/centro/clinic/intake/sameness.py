"""Whether two names may mean the same person or company: for the conflict check, which would rather ask once too often.

Accents, case, order and legal endings do not matter; a name inside a longer one counts from two words on; a Korean
name counts by its sound, in whichever script. A lone family name or given name proves nothing.
"""

from centro.people.names import families_of, fold, is_hangul, sound, split_hangul

_ENDINGS = {"inc", "llc", "llp", "ltd", "corp", "corporation", "company", "co", "dba", "the", "and", "y", "los", "las"}


def words_of(name: str) -> frozenset[str]:
    """The words that tell a name apart, folded."""
    return frozenset(fold(name).split()) - _ENDINGS


def may_be_same(one: str, other: str, *, is_company: bool = False) -> bool:
    """Whether these two names may mean the same. A single word counts only between companies, and only whole."""
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return False
    fewest = min(len(mine), len(theirs))
    if fewest >= 2 and (mine <= theirs or theirs <= mine):
        return True
    if is_company and mine == theirs and not families_of(one):
        return True
    return bool(_by_sound(one) & _by_sound(other))


def _by_sound(name: str) -> frozenset[tuple[str, str]]:
    """Korean family name and sound of the given name, in every way the words can be read."""
    if is_hangul(name):
        family, given = split_hangul(name)
        return frozenset({(fold(family), sound(given))}) if given else frozenset()
    words = fold(name).split()
    found = set()
    for place in (0, len(words) - 1) if len(words) > 1 else ():
        rest = " ".join(word for index, word in enumerate(words) if index != place)
        found |= {(fold(family), sound(rest)) for family in families_of(words[place])}
    return frozenset(found)
