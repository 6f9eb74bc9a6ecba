"""What a provision does, read from its text: penalises, defines, sets a deadline, fixes the scope …"""

from __future__ import annotations

import re

#: Patterns of the operative words, by the intent (see intent.py) that they answer.
OPERATIVE: dict[str, re.Pattern[str]] = {
    "penalty": re.compile(
        r"罚款|处罚|给予警告|警告、|通报批评|给予处分|没收违法所得|吊销|停业整顿|追究刑事责任|承担民事责任|责令.{0,8}改正|处以?罚金"
        r"|违反本(?:法|办法|规定|条例).{0,12}的，由.{0,60}予以处理"
    ),
    "definition": re.compile(r"是指|的含义|，指|：指|主要指|本办法所称|本法所称|本规定所称|本条例所称"),
    "metadata": re.compile(r"起施行|起实施|发布|印发"),
    "deadline": re.compile(
        r"[0-9一二三四五六七八九十两]+(?:个)?(?:工作日|日|天|个月|月|年|小时)(?:内|以内|前|以上|之内)?"
    ),
    "procedure": re.compile(r"备案|申报|申请|审批|安全评估|登记|报告|审查|手续|流程|程序|受理"),
    "scope": re.compile(r"适用本|不适用|从其规定|适用于|另有规定"),
    "prohibition": re.compile(r"不得|禁止|严禁|不应"),
    "authority": re.compile(r"部门.{0,40}(?:负责|职责|监督管理|统筹协调)|依据各自职责|主管部门"),
    "duty": re.compile(r"应当|应该|必须|应按照|应依"),
}


def fits(intent: str, text: str) -> bool:
    """True where the text has the operative words that the intent asks for."""
    pattern = OPERATIVE.get(intent)
    return bool(pattern and pattern.search(text))
