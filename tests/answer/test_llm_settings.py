from __future__ import annotations

from pathlib import Path

import pytest

from lawqa.errors import SettingsError
from lawqa.settings import load_settings


def test_all_faults_at_once_and_no_secret_in_them() -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(
            {
                "LAWQA_LLM_BASE_URL": "http://user:hunter2@host/v1",
                "LAWQA_LLM_TIMEOUT": "0",
                "LAWQA_LLM_TEMPERATURE": "3",
                "LAWQA_LLM_SEND": "everything",
                "LAWQA_LLM_API_KEY": "sk-1",
            }
        )
    message = str(error.value)
    for key in ("llm_base_url", "llm_model", "llm_timeout", "llm_temperature", "llm_send"):
        assert key in message
    assert "hunter2" not in message
    assert "sk-1" not in message
    assert "\n" not in message


def test_off_by_default_and_by_choice(tmp_path: Path) -> None:
    file = tmp_path / "lawqa.toml"
    file.write_text('llm_base_url = "http://127.0.0.1:8000/v1"\nllm_model = "qwen"\nllm_api_key = "sk-1"\n', "utf-8")
    assert not load_settings({}).llm_configured
    on = load_settings({}, file)
    assert on.llm_configured
    assert "sk-1" not in repr(on)
    assert not load_settings({"LAWQA_LLM_SEND": "none"}, file).llm_configured
