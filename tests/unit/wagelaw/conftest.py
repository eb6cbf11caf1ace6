"""The long run of many examples may take as long as it needs."""

import pytest

from tests.unit.wagelaw.strategies import EXAMPLES

if EXAMPLES > 100:

    @pytest.fixture(autouse=True)
    def patience() -> None:
        """No limit of time in place of the project's."""
