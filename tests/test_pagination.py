"""What pages print around a guide goes; what a guide says again and again stays."""

from __future__ import annotations

import pytest

from kg_build.spans import Span
from tests.making import make_text

TITLE = "甲乙合作重点专项2030年度第一批项目申报指南"


def _text(raw: str) -> str:
    return make_text(raw).text


def _document(*pages: str, head: str, number: str = "— {} —") -> str:
    """Return pages below the guide's title, each with its number, and the head of the next below that."""
    breaks = [f"\n\n{number.format(at)}\n\n{head}\n\n" for at in range(1, len(pages) + 1)]
    return f"附件\n{TITLE}\n" + "".join(part for pair in zip(pages, breaks, strict=True) for part in pair)


@pytest.mark.parametrize("head", [TITLE, "甲乙合作重点专项", "丙丁科学基金会文件"])
@pytest.mark.parametrize("number", ["— {} —", "{}", "第 {} 页", "- {} -", "Page {} of 3", "{} / 3"])
def test_a_running_head_goes_from_inside_a_word(head: str, number: str) -> None:
    text = make_text(_document("支持先进材", "料和海洋观", "测。", head=head, number=number))
    assert text.text.endswith("指南支持先进材料和海洋观测。")
    at = text.text.index("料和海洋")
    assert text.quote(Span(at, at + 4, "Any", "any")) == "料和海洋"


def test_heads_of_left_and_right_pages_go() -> None:
    heads = ["丙丁科学基金会", "甲乙合作专项"] * 3
    raw = "".join(f"{'甲乙丙丁戊己'[at]}类合\n\n{at}\n\n{head}\n\n作" for at, head in enumerate(heads))
    assert _text(raw) == "甲类合作乙类合作丙类合作丁类合作戊类合作己类合作"


def test_a_wrapped_head_goes_whole() -> None:
    raw = _document("支持先进材", "料和海洋观", "测。", head=TITLE[:14] + "\n" + TITLE[14:])
    assert _text(raw) == f"附件{TITLE}支持先进材料和海洋观测。"


def test_a_long_head_goes_where_no_page_has_a_number() -> None:
    raw = f"{TITLE}\n支持先进材\n{TITLE}\n料和海洋观\n{TITLE}\n测。"
    assert _text(raw) == f"{TITLE}支持先进材料和海洋观测。"


@pytest.mark.parametrize(
    "line",
    [
        "项目执行期为三年。",
        "项目执行期3年",
        "1）双方须分别申报",
        "● 双方须分别申报",
        "其他要求",
        "其他要求：双方分别申报",
        "邮箱a@example.org",
    ],
)
def test_what_the_guide_says_of_each_direction_stays(line: str) -> None:
    pages = [f"{at}. 中国和某国合作\n领域方向：海洋\n{line}" for at in range(1, 6)]
    assert _text(_document(*pages, head="")).count(line.replace(" ", "")) == 5


def test_a_line_that_also_stands_inside_pages_stays() -> None:
    line = "双方合作单位须分别向本国主管部门提交申报"
    pages = [f"支持{field}\n{line}\n{field}的研究\n{line}" for field in ("海洋", "材料", "能源", "天文")]
    assert _text(_document(*pages, head="")).count(line) == 8


def test_an_ending_below_each_direction_stays() -> None:
    pages = [f"{at}.1 中国和某国合作\n领域方向：海洋\n双方合作单位分别提交申报材料" for at in range(1, 6)]
    assert _text(_document(*pages, head="")).count("分别提交") == 5


@pytest.mark.parametrize(
    "raw",
    [
        "概算1亿元[1]。每项3年，合作\n\n[1] 以批复的\n预算为准。\n\n— 1 —\n\n研究",
        "概算1亿元①。每项3年，合作\n\n① 以批复的\n预算为准。\n\n— 1 —\n\n研究",
        "概算1亿元*。每项3年，合作\n\n* 以批复的预算为准。\n\n1\n\n研究\n\n2\n",
        "概算1亿元〔1〕。每项3年〔2〕，合作\n〔1〕预算\n〔2〕一般\n— 1 —\n研究",
        "概算1亿元[1]。每项3年[2]，合作研究\n\n[1] 预算；\n\n[2] 一般。",
    ],
)
def test_a_footnote_and_its_mark_go(raw: str) -> None:
    assert _text(raw) == "概算1亿元。每项3年，合作研究"


@pytest.mark.parametrize(
    "raw",
    [
        "指标：①甲；\n\n② 乙；\n\n— 1 —\n\n③丙",
        "要求见①类项目。①甲\n② 乙\n— 1 —\n③丙",
        "见文献[1]。\n— 1 —\n[2] 丙",
        "[1] 甲；\n[2] 乙。\n— 1 —\n丙",
    ],
)
def test_items_with_such_marks_stay(raw: str) -> None:
    assert _text(raw) == raw.replace("— 1 —", "").replace("\n", "").replace(" ", "")
