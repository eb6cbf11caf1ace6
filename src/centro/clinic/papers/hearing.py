"""The hearing kit: what the officer may ask, the index of the evidence, and a stamped sheet for each exhibit."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.papers import letters
from centro.clinic.papers.packet import Proof, index
from centro.core import content

PRINT = "hearing_kit"


def hearing_kit(proofs: Sequence[Proof], names: str, language: str) -> dict[str, Any]:
    """The data of the template `clinic_hearing`; `names`: whose claim against whom, as the stamps say it."""
    with translation.override(language):
        return {
            "note": names,
            "blocks": letters.blocks(content.text("print", PRINT, language).body_markdown, {}),
            "proofs": index(proofs),
            "stamps": [_stamp(proof, names) for proof in proofs],
        }


def _stamp(proof: Proof, names: str) -> dict[str, str]:
    title = _("Exhibit %(letter)s") % {"letter": proof.letter}
    return {
        "title": title,
        "what": proof.what,
        "of": " · ".join(p for p in (proof.dated, proof.kind) if p),
        "case": names,
    }
