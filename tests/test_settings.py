from pathlib import Path

import pytest

from lawqa.errors import SettingsError
from lawqa.settings import Settings, load_settings


def test_environment_over_file_over_default(tmp_path: Path) -> None:
    file = tmp_path / "lawqa.toml"
    file.write_text('port = 8001\nhost = "0.0.0.0"\n', encoding="utf-8")
    settings = load_settings({"LAWQA_PORT": "8002", "LAWQA_CONFIG": str(file)})
    assert (settings.port, settings.host) == (8002, "0.0.0.0")
    assert settings.sources["port"] == "环境变量 LAWQA_PORT"
    assert str(file) in settings.sources["host"]
    assert load_settings({"LAWQA_PORT": "8002"}, port=8003).port == 8003
    assert load_settings({}, port=None).port == Settings().port


def test_every_unknown_key_at_once(tmp_path: Path) -> None:
    file = tmp_path / "lawqa.toml"
    file.write_text("colour = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"colour.*LAWQA_SPEED.*lawqa config"):
        load_settings({"LAWQA_SPEED": "1"}, file)


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("TRUE", True), ("no", False), ("", False)])
def test_switches(raw: str, value: bool) -> None:
    assert load_settings({"LAWQA_EMBED_TRUST_REMOTE_CODE": raw}).embed_trust_remote_code is value


def test_other_variables_are_not_ours() -> None:
    assert load_settings({"PATH": "/bin", "XLAWQA_PORT": "1"}).port == Settings().port


def test_every_setting_has_a_row_with_help() -> None:
    for key, _, source, help in load_settings({}).rows():
        assert key
        assert source == "默认值"
        assert help


def test_every_fault_at_once_a_line_each(tmp_path: Path) -> None:
    file = tmp_path / "lawqa.toml"
    file.write_text("colour = 1\nport = [1]\nsession_hours = inf\n", encoding="utf-8")
    environment = {
        "LAWQA_RATE_PER_MINUTE": "abc",
        "LAWQA_RATE_BURST": "x",
        "LAWQA_SIGN_ON": "foo",
        "LAWQA_MAX_BODY_BYTES": "1",
        "LAWQA_PUBLIC_URL": "http://[",
        "LAWQA_LLM_SEND": "all",
    }
    with pytest.raises(SettingsError) as caught:
        load_settings(environment, file, max_question_chars=0)
    lines = str(caught.value).split("\n")[1:]
    said = ["colour", "port", "session_hours", "rate_per_minute", "rate_burst", "llm_send", "max_question_chars"]
    said += ["LAWQA_PUBLIC_URL", "LAWQA_SIGN_ON", "LAWQA_MAX_BODY_BYTES"]
    assert [name for name, line in zip(said, lines, strict=True) if name not in line] == []
    assert "设置 rate_per_minute 的值“abc”（环境变量）应为整数" in lines


def test_one_fault_is_one_line() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"LAWQA_PORT": "x"})
    assert str(caught.value) == "设置 port 的值“x”（环境变量）应为整数"


def test_without_its_file_nothing_is_called_half_made(tmp_path: Path) -> None:
    environment = {"LAWQA_CONFIG": str(tmp_path / "no.toml"), "LAWQA_SIGN_ON": "oidc", "LAWQA_PORT": "x"}
    with pytest.raises(SettingsError) as caught:
        load_settings(environment)
    assert "no.toml" in str(caught.value)
    assert "port" in str(caught.value)
    assert "OIDC" not in str(caught.value)


def test_what_stops_serve_stops_nothing_else() -> None:
    assert load_settings({"LAWQA_SIGN_ON": "foo"}).sign_on == "foo"


@pytest.mark.parametrize("raw", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("key", ["ANSWER_TIMEOUT_S", "LLM_TIMEOUT"])
def test_a_number_is_finite(key: str, raw: str) -> None:
    with pytest.raises(SettingsError, match=rf"{key.lower()} 的值“{raw}”.*有限的数"):
        load_settings({f"LAWQA_{key}": raw})
