"""Settings: environment (``LAWQA_…``) over file over default; unknown keys are refused, secrets masked."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from lawqa.errors import SettingsError, reason_of

_PREFIX = "LAWQA_"
#: Keys of the environment that are no settings: where the settings file lies.
_FILE_KEY = "LAWQA_CONFIG"
_PACKAGE = Path(__file__).resolve().parent


def data_root() -> Path:
    """Where corpus, models and index lie: the checkout, or the data inside the installed package."""
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "corpus" / "catalog.yaml").is_file() else _PACKAGE / "_data"


def _user_corpus() -> Path:
    """Where a user's own documents lie unless told otherwise: beside other programs' data, not in the package."""
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "lawqa" / "corpus"


def _setting(default: Any, help: str, secret: bool = False) -> Any:
    return field(default=default, metadata={"help": help, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; ``sources`` says where each value came from (see ``lawqa config``)."""

    corpus: Path = field(default_factory=lambda: data_root() / "corpus", metadata={"help": "语料文件夹"})
    user_corpus: Path = field(
        default_factory=_user_corpus, metadata={"help": "自有文件的文件夹（lawqa corpus add 写入，与自带语料一起检索）"}
    )
    index: Path = field(default_factory=lambda: data_root() / "index", metadata={"help": "索引文件夹"})
    embed_model: str = field(
        default_factory=lambda: str(data_root() / "models" / "lawqa-embed"),
        metadata={"help": "嵌入模型：文件夹或 sentence-transformers 模型名"},
    )
    embed_query_prefix: str = _setting("", "提问前加的指令（bge 等模型需要；空则按模型名自动选用）")
    embed_trust_remote_code: bool = _setting(False, "是否允许模型自带的代码运行")
    primary_document: str = _setting("genai-interim-measures-2023", "只说“办法”“第七条”而未说哪份文件时所指的文件")
    max_question_chars: int = _setting(4000, "一个问题最多的字数")
    host: str = _setting("127.0.0.1", "网页服务的监听地址")
    port: int = _setting(7860, "网页服务的端口")
    llm_base_url: str = _setting("", "语言模型服务的地址（OpenAI 兼容），如 http://127.0.0.1:8000/v1；空则不用语言模型")
    llm_model: str = _setting("", "语言模型的名称")
    llm_api_key: str = _setting("", "语言模型服务的密钥（本地服务可空）", secret=True)
    llm_timeout: float = _setting(60.0, "等语言模型写完一个回答的秒数，重试在内")
    llm_max_retries: int = _setting(2, "语言模型连不上、限流或出错时重试的次数")
    llm_temperature: float = _setting(0.0, "语言模型的温度，0 到 2")
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def rows(self) -> list[tuple[str, str, str, str]]:
        """(key, value with secrets masked, source, help) of every setting."""
        out = []
        for f in fields(self):
            if f.name == "sources":
                continue
            value = getattr(self, f.name)
            shown = "******" if f.metadata.get("secret") and value else str(value)
            out.append((f.name, shown, self.sources.get(f.name, "默认值"), f.metadata["help"]))
        return out


def _known() -> dict[str, Any]:
    defaults = Settings()
    return {f.name: getattr(defaults, f.name) for f in fields(Settings) if f.name != "sources"}


def _convert(key: str, raw: Any, default: Any, source: str) -> Any:
    try:
        if isinstance(default, bool):
            if isinstance(raw, bool):
                return raw
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                str(raw).strip().lower()
            ]
        if isinstance(default, int):
            return int(raw)
        if isinstance(default, float):
            return float(raw)
        if isinstance(default, Path):
            return Path(str(raw)).expanduser()
        if isinstance(default, tuple):
            parts = raw if isinstance(raw, list) else str(raw).split(",")
            return tuple(str(p).strip() for p in parts if str(p).strip())
        return str(raw)
    except (KeyError, ValueError):
        kind = {bool: "true 或 false", int: "整数", float: "数"}.get(type(default), "文字")
        raise SettingsError(f"设置 {key} 的值“{raw}”（{source}）应为{kind}") from None


def load_settings(environment: Mapping[str, str] | None = None, file: Path | None = None, **given: Any) -> Settings:
    """Settings from ``given`` (command line), environment, ``file`` (or $LAWQA_CONFIG) and defaults.

    Raises SettingsError that names every unknown key at once, or the first unusable value.
    """
    environment = os.environ if environment is None else environment
    known = _known()
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    if file is None and environment.get(_FILE_KEY):
        file = Path(environment[_FILE_KEY]).expanduser()
    from_file = _read_file(file) if file else {}
    variables = {
        k.removeprefix(_PREFIX).lower(): v for k, v in environment.items() if k.startswith(_PREFIX) and k != _FILE_KEY
    }
    unknown = [f"{k}（{file}）" for k in from_file if k not in known]
    unknown += [f"{_PREFIX}{k.upper()}（环境变量）" for k in variables if k not in known]
    if unknown:
        raise SettingsError(f"未知的设置：{'、'.join(unknown)}；lawqa config 列出全部设置")
    layers: list[tuple[Mapping[str, Any], str]] = [
        (from_file, f"文件 {file}"),
        (variables, "环境变量"),
        ({k: v for k, v in given.items() if v is not None}, "命令行"),
    ]
    for layer, source in layers:
        for key, raw in layer.items():
            values[key] = _convert(key, raw, known[key], source)
            sources[key] = f"{source} {_PREFIX}{key.upper()}" if source == "环境变量" else source
    if not 1 <= values.get("port", 7860) <= 65535:
        raise SettingsError(f"设置 port 的值“{values['port']}”应在 1 与 65535 之间")
    if values.get("max_question_chars", 1) < 1:
        raise SettingsError(f"设置 max_question_chars 的值“{values['max_question_chars']}”应为正数")
    return Settings(**values, sources=sources)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"设置文件“{path}”不存在：请检查 {_FILE_KEY}") from None
    except OSError as error:
        raise SettingsError(f"设置文件“{path}”不能读（{reason_of(error)}）：请检查 {_FILE_KEY}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件“{path}”不是合格的 TOML：{error}") from None
