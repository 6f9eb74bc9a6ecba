from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.retrieve.dates import find_date, parse_date

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("question", "day", "phrase"),
    [
        ("训练数据有什么要求", TODAY, None),
        ("2024年5月1日适用的网络安全法怎么罚", date(2024, 5, 1), "2024年5月1日"),
        ("２０２４年５月１日适用的规定", date(2024, 5, 1), "2024年5月1日"),
        ("按2024-05-01的规定", date(2024, 5, 1), "2024-05-01"),
        ("2023年3月上线的服务适用什么规定", date(2023, 3, 31), "2023年3月"),
        ("2024年时网络安全法怎么规定", date(2024, 12, 31), "2024年时"),
        ("2018年以前的处罚按什么规定", date(2017, 12, 31), "2018年以前"),
        ("去年发生的事按什么罚", date(2025, 12, 31), "去年"),
        ("2023年的暂行办法", TODAY, None),
        ("2016年版网络安全法怎么规定", TODAY, None),
        ("2024年13月45日的规定", date(2024, 12, 31), "2024年"),
        ("个人信息保护法规定按上一年度营业额百分之几罚", TODAY, None),
        ("按上一年营业额百分之十罚款吗", TODAY, None),
        ("去年营业额一个亿，违反网络安全法怎么罚", TODAY, None),
        ("去年我们公司的销售额五千万，最高罚多少", TODAY, None),
        ("我们前年利润两百万，现在违法怎么处罚", TODAY, None),
        ("营业额去年是一个亿，怎么罚", TODAY, None),
        ("2024年营收三千万，违反规定罚多少", TODAY, None),
        ("去年营业额一个亿，去年发生的泄露怎么罚", date(2025, 12, 31), "去年"),
        ("去年上线的服务收入很少，怎么罚", date(2025, 12, 31), "去年"),
        ("去年违法，营业额一个亿，怎么罚", date(2025, 12, 31), "去年"),
        ("去年签的合同按什么规定", date(2025, 12, 31), "去年"),
        ("2016年和2025年网络安全法最高罚款分别多少", TODAY, None),
        ("2016版和2025版网络安全法怎么罚", TODAY, None),
        ("2016年的网络安全法与2025年的怎么规定", TODAY, None),
        ("2024年发生的事和现在比怎么罚", date(2024, 12, 31), "2024年"),
        ("23年6月上线的机器人，办法管得着吗", date(2023, 6, 30), "23年6月"),
        ("去年3月发的AI图按规定要打标吗", date(2025, 3, 31), "去年3月"),
        ("去年11月3号出的事怎么罚", date(2025, 11, 3), "去年11月3号"),
        ("今年9月上线，按什么规定", date(2026, 9, 1), "今年9月"),
        ("去年十月中旬做的等保，按规定怎么罚", date(2025, 10, 31), "去年十月中旬"),
        ("去年十二月发生的泄露", date(2025, 12, 31), "去年十二月"),
        ("2021年国庆的时候个保法管用了吗", date(2021, 10, 7), "2021年国庆"),
        ("去年年底上线的，按什么规定", date(2025, 12, 31), "去年年底"),
        ("2023年初发生的事适用什么", date(2023, 3, 31), "2023年初"),
        ("去年上半年违法怎么罚", date(2025, 6, 30), "去年上半年"),
        ("去年中招的电脑，违法怎么罚", date(2025, 12, 31), "去年"),
        ("2023年中国的规定", date(2023, 12, 31), "2023年"),
        ("数安法是2020年施行的吧", TODAY, None),
        ("标识办法2025年3月发布的对吗", TODAY, None),
        ("去年3月没有加标识，违反标识办法吗", date(2025, 3, 31), "去年3月"),
        ("今年违法怎么罚", TODAY, None),
        ("日志保存12年6月，规定多久", TODAY, None),
        ("9999年12月适用的规定", date(9999, 12, 1), "9999年12月"),
    ],
)
def test_dates_in_questions(question: str, day: date, phrase: str | None) -> None:
    found = find_date(question, TODAY)
    assert (found.day, found.phrase) == (day, phrase)


@given(st.dates())
def test_dates_are_read_as_they_are_written(day: date) -> None:
    if day.year >= 1000:
        assert parse_date(day.isoformat()) == day
        assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
        assert parse_date(f" {day.year}/{day.month}/{day.day} ") == day


@pytest.mark.parametrize("text", ["", "2024", "2024-13-01", "2023-02-29", "昨天", "2024-05-01x", "24-05-01"])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(
    st.lists(st.sampled_from(["0", "1", "2", "9", "年", "月", "日", "-", "去年", "时", "前", "规定", "罚"])).map(
        "".join
    )
)
def test_any_question_has_a_day(text: str) -> None:
    assert isinstance(find_date(text, TODAY).day, date)
