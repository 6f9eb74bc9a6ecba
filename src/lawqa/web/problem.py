"""Errors of the HTTP API as problem+json (RFC 9457): one Chinese line each, in ``detail``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Scope

from lawqa.errors import HistoryError, LawqaError, ReferenceNotFound, UsageError
from lawqa.web.logs import escaped
from lawqa.web.scope import route_path, state

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "请求不可用",
    401: "没有登录",
    403: "不允许",
    404: "没有找到",
    405: "方法不对",
    408: "等候请求超时",
    413: "请求太大",
    415: "内容类型不对",
    422: "请求不合格式",
    429: "请求过于频繁",
    431: "请求头太大",
    500: "内部错误",
    503: "暂时不能回答",
    504: "回答超时",
    507: "不能保存",
}
#: What the framework says in English; a place or a method is filled in where there is one.
_FRAMEWORK = {
    400: "请求正文读不懂：应为 UTF-8 编码的 JSON，嵌套不过深，数字不过长",
    404: "没有这个地址：{path}",
    405: "这个地址不接受 {method}",
}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A name that the caller made up is not sent back at any length.
_MAX_PLACE = 200
_VALIDATION = {
    "missing": "缺少",
    "extra_forbidden": "不认识这个字段",
    "string_type": "应为文字",
    "string_too_long": "太长",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "不合格式",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "list_type": "应为列表",
    "too_long": "太多",
    "date_from_datetime_parsing": "应为 YYYY-MM-DD 的日期",
    "date_parsing": "应为 YYYY-MM-DD 的日期",
    "date_type": "应为 YYYY-MM-DD 的日期",
    "json_invalid": "不是合格的 JSON",
    "model_attributes_type": "应为 JSON 对象（Content-Type: application/json）",
    "model_type": "应为 JSON 对象",
    "dict_type": "应为 JSON 对象",
    "literal_error": "应为 {expected}",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_unicode": "含有不成字的编码",
    "int_parsing_size": "数字太长",
    "int_from_float": "应为整数",
}


class NotReady(LawqaError):
    """The index is still loading, or could not be loaded; ``str()`` says which."""


class AnswerTimeout(LawqaError):
    """An answer took longer than ``answer_timeout_s``."""


def problem(
    scope: Scope,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, str]] = (),
) -> JSONResponse:
    """One problem+json response; ``errors`` lists every fault of a request with its place."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, "错误"),
        "status": status,
        "detail": escaped(detail),
        "request_id": state(scope).get("request_id", ""),
    }
    if errors:
        body["errors"] = [{key: escaped(text) for key, text in e.items()} for e in errors]
    return JSONResponse(body, status, dict(headers or {}), media_type=MEDIA_TYPE)


def status_of(error: LawqaError) -> int:
    """The HTTP status of an error of lawqa."""
    table: tuple[tuple[type[LawqaError], int], ...] = (
        (ReferenceNotFound, 404),
        (HistoryError, 422),
        (UsageError, 400),
        (NotReady, 503),
        (AnswerTimeout, 504),
    )
    return next((status for kind, status in table if isinstance(error, kind)), 500)


def problem_of(scope: Scope, error: LawqaError) -> JSONResponse:
    """An error of lawqa as a problem."""
    status = status_of(error)
    # what went wrong inside (paths, settings) is for the operator's log, not for a caller
    detail = str(error) if status != 500 else "服务内部出错，请把 request_id 告诉管理员"
    return problem(scope, status, detail, {"Retry-After": "5"} if status == 503 else None)


def page_problem(scope: Scope, error: LawqaError) -> JSONResponse:
    """The same for the page's own routes: 422 for an unusable value, and always the line that a reader can act on."""
    status = status_of(error)
    retry = {"Retry-After": "5"} if status == 503 else None
    return problem(scope, 422 if status in (400, 500) else status, str(error), retry)


def add_problem_handlers(app: FastAPI) -> None:
    """Every error that leaves a route becomes a problem."""

    @app.exception_handler(LawqaError)
    async def lawqa_error(request: Request, error: LawqaError) -> JSONResponse:
        return problem_of(request.scope, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [_fault(e) for e in error.errors()]
        line = "；".join(f"{e['place']}：{e['message']}" for e in errors[:5])
        return problem(request.scope, 422, line, errors=errors)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        detail = str(error.detail)
        if not _CHINESE.search(detail):
            own = _FRAMEWORK.get(error.status_code, _TITLES.get(error.status_code, "请求不可用"))
            detail = own.format(path=route_path(request.scope)[:_MAX_PLACE], method=request.method)
        return problem(request.scope, error.status_code, detail, error.headers)


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    where = [str(part) for part in error["loc"]]
    place = (".".join(where[1:]) or where[0])[:_MAX_PLACE]
    limits = error.get("ctx") or {}
    own = limits.get("error")  # what a validator of ours said
    if own and error["type"] == "value_error":
        message = str(own)
    else:
        expected = str(limits.get("expected", "")).replace("'", "").replace(" or ", " 或 ")
        message = _VALIDATION.get(error["type"], "值不可用").replace("{expected}", expected)
    for key in ("max_length", "min_length", "ge", "le"):
        if key in limits and not message.startswith("不能为空"):
            message += f"（限 {limits[key]}）"
    return {"place": place, "message": message}
