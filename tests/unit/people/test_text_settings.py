"""What a center may set about texts and members, and what is refused in one sentence."""

from pathlib import Path

import pytest

from config.env import BadEnvironment, Env


def test_texts_go_out_from_nine_to_eight_unless_said_otherwise() -> None:
    assert Env().text_hours == (9, 20)
    assert Env(CENTRO_TEXT_HOURS="0-24").text_hours == (0, 24)


@pytest.mark.parametrize("hours", ["", "9", "20-9", "9-25", "nine-ten", "9-9"])
def test_hours_that_are_none_stop_the_start(hours: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadEnvironment):
        _ = Env(CENTRO_TEXT_HOURS=hours).text_hours
    assert "CENTRO_TEXT_HOURS" in capsys.readouterr().err


def test_an_account_needs_its_token_and_its_number(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("12345\n", encoding="ascii")
    account = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN_FILE": str(token), "TWILIO_FROM": "+12135550100"}
    assert Env(**account).twilio_token() == "12345"
    for missing in ("TWILIO_AUTH_TOKEN_FILE", "TWILIO_FROM"):
        with pytest.raises(BadEnvironment):
            Env(**{**account, missing: ""}).twilio_token()
    with pytest.raises(BadEnvironment):
        Env(**{**account, "TWILIO_AUTH_TOKEN_FILE": str(tmp_path / "gone")}).twilio_token()


@pytest.mark.parametrize(
    ("percent", "is_fine"), [("1", True), ("100", True), ("0", False), ("101", False), ("x", False)]
)
def test_a_quorum_is_a_whole_number_of_a_hundred(percent: str, is_fine: bool) -> None:
    env = Env(CENTRO_QUORUM_PERCENT=percent)
    if is_fine:
        assert env.whole("CENTRO_QUORUM_PERCENT", 1, 100) == int(percent)
    else:
        with pytest.raises(BadEnvironment):
            env.whole("CENTRO_QUORUM_PERCENT", 1, 100)
