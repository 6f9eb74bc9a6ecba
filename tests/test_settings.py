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
