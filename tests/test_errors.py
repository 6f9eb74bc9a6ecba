import errno

import pytest

from lawqa import errors


def test_one_tree() -> None:
    kinds = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    assert len(kinds) > 5
    assert all(issubclass(e, errors.LawqaError) and e.exit_code == 2 for e in kinds)


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EACCES, "没有权限"), (errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读")]
)
def test_reasons_are_chinese(number: int, reason: str) -> None:
    assert errors.reason_of(OSError(number, "x", "y")) == reason


def test_a_rare_reason_is_the_systems() -> None:
    assert errors.reason_of(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert errors.reason_of(OSError("odd")) == "odd"
