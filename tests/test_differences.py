"""What changed from call to call is told once, with the words of both sources, and nothing else is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg_build.build import build
from ontology.errors import QueryError
from queries.differences import Change, compare, read_sheet, to_json, to_rows
from queries.graphs import open_graph
from queries.tables import to_csv
from tests.conftest import Golden, Run

DRAFT = """附件
“政府间国际科技创新合作”重点专项2031年度第一批项目申报指南（征求意见稿）
1. 总体要求
本批指南共2个指南方向。
1.1 中国和以色列政府间联合研究项目
合作协议：《中以创新合作协定》。
领域方向：
（1）现代农业；
（2）水资源。
拟支持项目数：不超过10个。
共支持经费：2000万元人民币。
其他要求：
（1）项目执行期原则上不超过3年；
（2）中外双方须签署知识产权协议。
1.2 中国和蒙古政府间联合研究项目
领域方向：
（1）畜牧；
拟支持项目数：3个。
共支持经费：300万元人民币。
"""


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a graph of a draft and of the guide that came of it."""
    folder = tmp_path_factory.mktemp("drafts")
    final = DRAFT.replace("（征求意见稿）", "").replace("2000万元", "2500万元")
    final = final[: final.index("1.2 中国和蒙古")] + (
        "（3）鼓励企业参与。\n1.2 中国和匈牙利政府间联合研究项目\n领域方向：\n（1）光学；\n拟支持项目数：2个。\n"
    )
    (folder / "701_draft.txt").write_text(DRAFT, encoding="utf-8")
    (folder / "702_final.txt").write_text(final, encoding="utf-8")
    build([folder], folder / "kg")
    return folder / "kg"


def _changes(before: Path, one: str, after: Path, other: str) -> tuple[Change, ...]:
    return compare(read_sheet(open_graph(before), one), read_sheet(open_graph(after), other))


def test_a_call_does_not_differ_from_itself(built: Path) -> None:
    for call in ("000", "001", "002", "003", "004"):
        assert _changes(built, call, built, call) == ()


def test_money_conditions_and_directions_that_changed_are_told(drafts: Path) -> None:
    changes = _changes(drafts, "701", drafts, "702")
    told = {(one.kind, one.number_before, one.number, one.property) for one in changes}
    assert told == {
        ("changed", "", "", "title"),
        ("changed", "", "", "stage"),
        ("changed", "1.1", "1.1", "budget_cny"),
        ("changed", "1.1", "1.1", "requirements"),
        ("added", "", "1.2", ""),
        ("removed", "1.2", "", ""),
    }


def test_each_value_has_the_words_of_its_own_source(drafts: Path) -> None:
    money = next(one for one in _changes(drafts, "701", drafts, "702") if one.property == "budget_cny")
    (before,), (after,) = money.before, money.after
    assert (before.value, after.value) == ("20000000", "25000000")
    assert "2000万元" in before.quote
    assert "2500万元" in after.quote


def test_of_a_list_only_what_differs_is_told(drafts: Path) -> None:
    conditions = next(one for one in _changes(drafts, "701", drafts, "702") if one.property == "requirements")
    assert conditions.before == ()
    assert [fact.value for fact in conditions.after] == ["鼓励企业参与 (encourage-enterprise)"]


def test_the_way_back_tells_the_same_changes(drafts: Path) -> None:
    there, back = _changes(drafts, "701", drafts, "702"), _changes(drafts, "702", drafts, "701")
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(turned[one.kind], one.number, one.number_before, one.property, one.after, one.before) for one in back} == {
        (one.kind, one.number_before, one.number, one.property, one.before, one.after) for one in there
    }


def test_calls_of_two_folders_are_compared(guides: Path, built: Path, tmp_path: Path) -> None:
    (guide,) = guides.glob("001*.txt")
    text = guide.read_text(encoding="utf-8")
    quota = "拟支持项目数：3个"
    assert quota in text, "the edition states a quota of three"
    shutil.copy(guide, tmp_path / guide.name)
    (tmp_path / guide.name).write_text(text.replace(quota, "拟支持项目数：4个", 1), encoding="utf-8")
    build([tmp_path], tmp_path / "kg")
    changes = _changes(built, "001", tmp_path / "kg", "001")
    assert [(one.property, [f.value for f in one.before], [f.value for f in one.after]) for one in changes] == [
        ("projects", ["3"], ["4"])
    ]


def test_two_years_of_a_programme_are_told_apart(built: Path, golden: Golden) -> None:
    rows = to_rows(_changes(built, "002", built, "001"))
    assert len(rows.rows) > 60
    golden("differences/002-001.csv", to_csv(rows).replace("\r\n", "\n"))


def test_a_program_gets_lists_of_values_with_their_quotes(drafts: Path) -> None:
    told = json.loads(to_json(_changes(drafts, "701", drafts, "702")))
    money = next(one for one in told if one["property"] == "budget_cny")
    assert money["change"] == "changed"
    assert money["before"][0]["value"] == "20000000"
    assert set(money["after"][0]) == {"value", "quote"}


def test_an_unknown_call_is_answered_with_the_nearest(built: Path) -> None:
    with pytest.raises(QueryError, match=r"there is no call 009 · the graph · 00"):
        read_sheet(open_graph(built), "009")


def test_the_command_prints_changes_and_a_summary(run: Run, drafts: Path) -> None:
    done = run("diff", "701", "702", "--kg", drafts)
    assert done.returncode == 0, done.stderr
    assert "quote" not in done.stdout
    assert "directions: 1 added, 1 removed, 1 changed, 0 the same\nthe call itself: title, stage\n" in done.stdout
    table = run("diff", "701", "702", "--kg", drafts, "--format", "csv").stdout
    assert table.startswith("\ufeffchange,number_before,number,title,property,before,after,quote_before,quote")
    same = run("diff", "701", "701", "--kg", drafts, "--other", drafts)
    assert same.stdout == "directions: 0 added, 0 removed, 0 changed, 2 the same\n"


def test_the_command_says_in_one_line_what_is_wrong(run: Run, drafts: Path, tmp_path: Path) -> None:
    done = run("diff", "701", "709", "--kg", drafts)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no call 709" in done.stderr
    done = run("diff", "701", "702", "--kg", drafts, "--other", tmp_path / "none")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
