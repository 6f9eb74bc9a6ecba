"""The few pages of signing on: plain HTML without script, in Chinese and English."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse


def page(title: str, body: str, root: str, status: int = 200, head: str = "") -> HTMLResponse:
    """A page; ``body`` and ``head`` are HTML already escaped."""
    return HTMLResponse(
        f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>
<link rel="stylesheet" href="{escape(root)}/static/signon.css">{head}</head>
<body><main><h1>{escape(title)}</h1>{body}</main></body></html>""",
        status,
    )


def token_form(root: str, back: str, wrong: bool = False) -> HTMLResponse:
    """The form that takes a bearer token."""
    fault = (
        '<p role="alert">令牌不对、已过期或已吊销。<span lang="en">Wrong or revoked token.</span></p>' if wrong else ""
    )
    body = f"""{fault}<form method="post" action="{escape(root)}/auth/login">
<input type="hidden" name="next" value="{escape(back)}">
<label for="token">访问令牌 <span lang="en">Access token</span></label>
<input id="token" name="token" type="password" autocomplete="off" required autofocus>
<button>登录 <span lang="en">Sign in</span></button></form>
<p class="hint">令牌由管理员用 <code>lawqa token add 名称</code> 建立。</p>"""
    return page("登录 lawqa", body, root, 401 if wrong else 200)


def failure(root: str, message: str, status: int = 401) -> HTMLResponse:
    """Signing on did not work; ``message`` says why, without a detail that helps an attacker."""
    again = f'<p><a href="{escape(root)}/auth/login">再试一次 <span lang="en">Try again</span></a></p>'
    return page("没有登录", f'<p role="alert">{escape(message)}</p>{again}', root, status)


def handover(root: str, ticket: str) -> HTMLResponse:
    """The pop-up that gives the widget its ticket and closes."""
    head = f'<meta name="lawqa-ticket" content="{escape(ticket)}"><script src="{escape(root)}/static/handover.js" defer></script>'
    return page(
        "已登录", '<p>可以关闭这个窗口了。<span lang="en">You may close this window.</span></p>', root, head=head
    )
