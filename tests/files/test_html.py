"""Pages in the layouts of the main official sites, rebuilt by us at small scale."""

from __future__ import annotations

import pytest

from lawqa.files.html import read_html

ARTICLES = [f"第{c}条　示例条文之{c}，应当依照规定办理有关手续并保存记录不少于三年。" for c in "一二三"]
P = "".join(f"<p style='text-indent:2em'>{x}</p>" for x in ARTICLES)
LAYOUTS = {
    "cac": f"<div class='topnav'><a>首页</a></div><div class='main'><h1 class='title'>示例办法</h1><div id='BodyLabel' class='main-content'>{P}</div></div><div class='footer'>主办单位</div>",
    "gov": f"<table><tr><td>索引号</td><td>000014349</td></tr></table><div class='pages_content' id='UCAP-CONTENT'><p align='center'>示例办法</p>{P}</div><div>扫一扫</div>",
    "npc": f"<div class='nav'>当前位置</div><div id='Zoom'><p>示例办法</p>{P}</div><div class='r'>责任编辑：某</div>",
    "flk": f"<div id='app'><div class='law'><div class='TRS_Editor'><p>示例办法</p>{P}</div></div></div>",
    "most": "<div class='TRS_Editor'><div class='trs_editor_view'><p>示例办法</p>" + P + "</div></div><p>打印</p>",
    "miit": f"<div class='ccontent center' id='con_con'><p>示例办法</p>{P}</div><div id='share'>分享</div>",
}


@pytest.mark.parametrize("site", LAYOUTS)
def test_the_text_of_every_official_layout(site: str) -> None:
    page = f"<html><head><title>示例办法_网站</title></head><body>{LAYOUTS[site]}</body></html>"
    source = read_html("page.html", page.encode())
    texts = [x.text for x in source.lines]
    assert texts[-3:] == ARTICLES
    assert len(texts) <= 4
    assert source.doubts == ()


def test_an_unknown_layout_is_read_with_a_doubt() -> None:
    page = f"<body><ul><li>菜单</li></ul><div><div>{P}</div></div><p>版权</p></body>"
    source = read_html("page.html", page.encode())
    assert [x.text for x in source.lines] == ARTICLES
    assert source.doubts


def test_inline_marks_and_source_line_breaks_do_not_cut_words() -> None:
    page = (
        "<article>"
        + "<p>第一条　网络<b>数据</b>处\n理者<span>应当</span>办理。<br>第二款。</p>" * 3
        + "示例" * 30
        + "</article>"
    )
    source = read_html("page.html", page.encode())
    assert [x.text for x in source.lines][:2] == ["第一条　网络数据处理者应当办理。", "第二款。"]


def test_gb2312_pages_and_meta_facts() -> None:
    head = "<meta charset='gb2312'><meta name='ArticleTitle' content='示例办法'><meta name='PubDate' content='2024-05-06 10:00'>"
    page = f"<html><head>{head}</head><body><div id='Zoom'>{P}</div></body></html>"
    source = read_html("page.html", page.encode("gbk"))
    assert source.facts["title"] == "示例办法"
    assert source.facts["published"].startswith("2024-05-06")


def test_tables_of_data_keep_their_rows() -> None:
    page = (
        f"<div id='Zoom'>{P}<table><tr><td>级别</td><td>说明</td></tr><tr><td>一级</td><td>核心</td></tr></table></div>"
    )
    source = read_html("page.html", page.encode())
    assert [x.text for x in source.lines if x.table] == ["级别 ｜ 说明", "一级 ｜ 核心"]


def test_whole_is_all_of_the_page() -> None:
    """What is read to be checked: menus and tables too, quotations marked, no line broken by the source's own."""
    page = (
        "<html><head><title>x</title><script>alert(1)</script></head><body><nav>首页</nav><p>依据第七\n条：</p>"
        "<blockquote>使用具有<p>合法来源</p></blockquote><table><tr><td>甲<td>乙</table>"
        "<pre>一\n二</pre><p style='display:none'>藏</p><footer>页脚</footer></body></html>"
    )
    source = read_html("page.html", page.encode(), whole=True)
    assert source.text == "首页\n依据第七条：\n> 使用具有\n> 合法来源\n甲 ｜ 乙\n一\n二\n页脚"
    assert source.doubts == ()
