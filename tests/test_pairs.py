"""Directions of two calls are paired by what they are called, never by a number that moved."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from queries.pairs import Mark, pair


def _mark(title: str, number: str = "1.1", *partners: str) -> Mark:
    return Mark(title, number, frozenset(partners))


def test_equal_titles_are_paired_whatever_their_numbers() -> None:
    before = [_mark("中国和韩国政府间联合研究项目", "1.9", "KR"), _mark("中国和蒙古政府间联合研究项目", "2.1", "MN")]
    after = [_mark("中国和蒙古政府间联合研究项目", "1.9", "MN"), _mark("中国和韩国政府间联合研究项目", "2.1", "KR")]
    assert pair(before, after) == [(1, 0), (0, 1)]


def test_width_case_and_marks_make_no_difference() -> None:
    assert pair([_mark("地球观测组织（GEO）合作项目")], [_mark("地球观测组织 (geo) 合作项目")]) == [(0, 0)]


def test_a_title_that_changed_a_little_is_the_same_direction() -> None:
    before = [_mark("中国和奥地利政府间科技合作项目", "1.7", "AT")]
    assert pair(before, [_mark("中国和奥地利政府间联合研究项目", "3.1", "AT")]) == [(0, 0)]


def test_two_countries_are_never_one_direction_however_alike_their_titles() -> None:
    assert (
        pair([_mark("中国和芬兰政府间科技合作项目", "1", "FI")], [_mark("中国和荷兰政府间科技合作项目", "1", "NL")])
        == []
    )


def test_other_work_under_the_same_number_is_another_direction() -> None:
    assert pair([_mark("低碳冶金关键技术联合研发", "6.1")], [_mark("海洋观测仪器国产化", "6.1")]) == []


def test_the_most_alike_are_paired_first() -> None:
    before = [
        _mark("中国和南非政府间联合研究项目", "2.3", "ZA"),
        _mark("中国和南非政府间联合研究旗舰项目", "2.2", "ZA"),
    ]
    after = [_mark("中国和南非政府间联合研究旗舰项目", "2.3", "ZA"), _mark("中国和南非政府间联合研究项目", "2.2", "ZA")]
    assert pair(before, after) == [(1, 0), (0, 1)]


def test_of_equal_titles_the_number_decides() -> None:
    before = [_mark("联合研究项目", "1.1"), _mark("联合研究项目", "1.2")]
    assert pair(before, before[::-1]) == [(1, 0), (0, 1)]


_MARKS = st.lists(
    st.builds(
        Mark,
        st.text("中国和芬荷兰联合研究" + string.ascii_letters, max_size=12),
        st.sampled_from(["1.1", "1.2", "2.1"]),
        st.frozensets(st.sampled_from(["IL", "NZ"])),
    ),
    max_size=8,
)


@given(_MARKS, _MARKS)
def test_no_direction_is_in_two_pairs(before: list[Mark], after: list[Mark]) -> None:
    pairs = pair(before, after)
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(pairs)
    assert pairs == sorted(pairs, key=lambda places: places[1])


@given(_MARKS)
def test_every_direction_is_found_in_its_own_call(marks: list[Mark]) -> None:
    unlike = {mark.title: mark for mark in marks if any(map(str.isalnum, mark.title))}
    assert pair(list(unlike.values()), list(unlike.values())) == [
        (place, place) for place in range(len(unlike))
    ] or len({mark.title.casefold() for mark in unlike.values()}) < len(unlike)
