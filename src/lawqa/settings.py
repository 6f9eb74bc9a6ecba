"""Settings: environment (``LAWQA_…``) over file over default; unknown keys are refused, secrets masked."""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from lawqa.errors import SettingsError, reason_of
from lawqa.settings_faults import llm_faults, report, serve_faults

_PREFIX = "LAWQA_"
#: Keys of the environment that are no settings: where the settings file lies.
_FILE_KEY = "LAWQA_CONFIG"
_PACKAGE = Path(__file__).resolve().parent


def data_root() -> Path:
    """Where corpus, models and index lie: the checkout, or the data inside the installed package."""
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "corpus" / "catalog.yaml").is_file() else _PACKAGE / "_data"


def shipped_index() -> Path | None:
    """The index that came inside an installed package, which is read and never written; None in a checkout."""
    return data_root() / "index" if data_root() == _PACKAGE / "_data" else None


def default_index() -> Path:
    """Where an index is built: ``index/`` in a checkout, the user's cache folder for an installed package."""
    return data_root() / "index" if shipped_index() is None else user_cache() / "index"


def user_cache() -> Path:
    """The user's own cache folder for lawqa; it may not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path("lawqa", appauthor=False)


def user_data() -> Path:
    """Where lawqa writes what readers leave: ``data/`` in a checkout, the user's data folder when installed."""
    if data_root() != _PACKAGE / "_data":
        return data_root() / "data"
    from platformdirs import user_data_path

    return user_data_path("lawqa", appauthor=False)


def _user_corpus() -> Path:
    """Where a user's own documents lie unless told otherwise: beside other programs' data, not in the package."""
    from platformdirs import user_data_path

    return user_data_path("lawqa", appauthor=False) / "corpus"


def _setting(default: Any, help: str, secret: bool = False) -> Any:
    return field(default=default, metadata={"help": help, "secret": secret}, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; ``sources`` says where each value came from (see ``lawqa config``)."""

    corpus: Path = field(default_factory=lambda: data_root() / "corpus", metadata={"help": "语料文件夹"})
    index: Path = field(default_factory=default_index, metadata={"help": "索引文件夹"})
    user_corpus: Path = field(
        default_factory=_user_corpus, metadata={"help": "自有文件的文件夹（lawqa corpus add 写入，与自带语料一起检索）"}
    )
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
    llm_send: str = _setting(
        "question", "发给语言模型的内容：question（问题和条文）、history（另加此前的问题）、none（停用）"
    )
    eval_cache: Path = field(
        default_factory=lambda: user_cache() / "eval",
        metadata={"help": "lawqa eval 放外来文档集和其他系统的索引的文件夹"},
    )
    judge_base_url: str = _setting(
        "", "lawqa eval --judge 所用模型服务的地址（OpenAI 协议，如 http://127.0.0.1:8000/v1）"
    )
    judge_model: str = _setting("", "lawqa eval --judge 所用的模型名")
    judge_api_key: str = _setting("", "lawqa eval --judge 所用服务的密钥", secret=True)
    judge_timeout: float = _setting(60.0, "lawqa eval --judge 等一次回复最多几秒")
    data_dir: Path = field(
        default_factory=user_data, metadata={"help": "读者反馈写入的文件夹（只在有人点“有帮助”时写）"}
    )
    feedback: bool = _setting(True, "是否接受读者对回答的反馈（只存在本机）")
    root_path: str = _setting("", "反向代理去掉的路径前缀，如 /tools/lawqa")
    public_url: str = _setting("", "用户看到的网址，如 https://lawqa.intra（OpenID 登录必需）")
    allowed_hosts: tuple[str, ...] = _setting((), "接受的主机名，逗号分隔（空：只监听本机时限本机名，否则不限）")
    embed_origins: tuple[str, ...] = _setting((), "可以嵌入挂件的来源，逗号分隔，如 https://portal.intra；* 为任何来源")
    sign_on: str = _setting("none", "登录方式：none、tokens、proxy 或 oidc")
    allow_open: bool = _setting(False, "没有登录也允许监听本机以外的地址")
    tokens_file: Path = field(
        default_factory=lambda: Path("~/.config/lawqa/tokens.json").expanduser(),
        metadata={"help": "访问令牌的文件（只存散列）"},
    )
    proxy_header: str = _setting("", "反向代理写入用户名的请求头，如 X-Forwarded-User")
    proxy_peers: tuple[str, ...] = _setting((), "反向代理的地址或网段，逗号分隔；只信它们的请求头")
    oidc_issuer: str = _setting("", "OpenID 提供方，如 https://sso.intra/realms/staff")
    oidc_client_id: str = _setting("", "OpenID 客户端标识")
    oidc_client_secret: str = _setting("", "OpenID 客户端密钥", secret=True)
    oidc_claim: str = _setting("sub", "作为用户名的 OpenID 声明")
    session_secret: str = _setting("", "登录会话的签名密钥（空则每次启动新生成，重启后须重新登录）", secret=True)
    session_hours: int = _setting(12, "登录会话的小时数")
    rate_per_minute: int = _setting(120, "每人每分钟的请求数（0 为不限）")
    rate_burst: int = _setting(30, "每人一次可以连发的请求数")
    max_body_bytes: int = _setting(1_000_000, "一个请求最多的字节数")
    max_upload_bytes: int = _setting(10_000_000, "核对的文件或导出的对话最多的字节数")
    answer_timeout_s: float = _setting(30.0, "一次回答最多的秒数")
    shutdown_grace_s: int = _setting(20, "停止时等待未完成回答的秒数")
    audit_folder: str = _setting("", "审计日志的文件夹（空则不记）")
    audit_questions: str = _setting(
        "text", "审计日志怎样记问题和核对的文字：text 原文（核对的文字只记开头200字）、hash 散列、none 不记"
    )
    audit_key: str = _setting("", "审计日志的密钥：链和问题的散列用它（hash 时必需）", secret=True)
    audit_max_bytes: int = _setting(50_000_000, "审计日志一个文件最多的字节数")
    audit_keep_days: int = _setting(0, "审计日志保留的天数（0 为永久）")
    log_format: str = _setting("text", "运行日志的格式：text 或 json")
    log_level: str = _setting("info", "运行日志的级别：debug、info、warning 或 error")
    server: str = _setting("", "ask、search、show 改问这个 lawqa 服务，如 https://lawqa.intra（空则在本机回答）")
    server_token: str = _setting("", "问服务时用的访问令牌", secret=True)
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def llm_configured(self) -> bool:
        """True where answers may be written by a language model; nothing is sent to one otherwise."""
        return bool(self.llm_base_url and self.llm_model) and self.llm_send != "none"

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
            number = float(raw)
            if not math.isfinite(number):  # nan compares as neither too small nor too large
                raise SettingsError(f"设置 {key} 的值“{raw}”（{source}）应为有限的数")
            return number
        if isinstance(default, Path):
            return Path(str(raw)).expanduser()
        if isinstance(default, tuple):
            parts = raw if isinstance(raw, list) else str(raw).split(",")
            return tuple(str(p).strip() for p in parts if str(p).strip())
        return str(raw)
    except (KeyError, ValueError, TypeError, OverflowError):
        kind = {bool: "true 或 false", int: "整数", float: "数"}.get(type(default), "文字")
        raise SettingsError(f"设置 {key} 的值“{raw}”（{source}）应为{kind}") from None


def load_settings(environment: Mapping[str, str] | None = None, file: Path | None = None, **given: Any) -> Settings:
    """Settings from ``given`` (command line), environment, ``file`` (or $LAWQA_CONFIG) and defaults.

    Raises SettingsError that names every unknown key and every unusable value at once, a line each.
    """
    environment = os.environ if environment is None else environment
    known = _known()
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    faults: list[str] = []
    if file is None and environment.get(_FILE_KEY):
        file = Path(environment[_FILE_KEY]).expanduser()
    from_file, unread = {}, False
    try:
        from_file = _read_file(file) if file else {}
    except SettingsError as error:
        unread = True
        faults.append(str(error))
    variables = {
        k.removeprefix(_PREFIX).lower(): v for k, v in environment.items() if k.startswith(_PREFIX) and k != _FILE_KEY
    }
    unknown = [f"{k}（{file}）" for k in from_file if k not in known]
    unknown += [f"{_PREFIX}{k.upper()}（环境变量）" for k in variables if k not in known]
    if unknown:
        faults.append(f"未知的设置：{'、'.join(unknown)}；lawqa config 列出全部设置")
    layers: list[tuple[Mapping[str, Any], str]] = [
        (from_file, f"文件 {file}"),
        (variables, "环境变量"),
        ({k: v for k, v in given.items() if v is not None}, "命令行"),
    ]
    for layer, source in layers:
        for key, raw in layer.items():
            if key not in known:
                continue
            try:
                values[key] = _convert(key, raw, known[key], source)
            except SettingsError as error:
                faults.append(str(error))
            sources[key] = f"{source} {_PREFIX}{key.upper()}" if source == "环境变量" else source
    if unread:  # what it would have said is missing below: half a sign-on, say, may be whole there
        raise SettingsError(report(faults))
    if not 1 <= values.get("port", 7860) <= 65535:
        faults.append(f"设置 port 的值“{values['port']}”应在 1 与 65535 之间")
    if llm := llm_faults({**known, **values}):
        faults.append("；".join(llm))
    if values.get("max_question_chars", 1) < 1:
        faults.append(f"设置 max_question_chars 的值“{values['max_question_chars']}”应为正数")
    if faults:
        # The web's own checks come later, and stop no command but `serve`; where one must be mended anyway, all are.
        raise SettingsError(report([*faults, *serve_faults(Settings(**values))]))
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
