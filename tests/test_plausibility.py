"""What does not add up is told."""

from __future__ import annotations

from pathlib import Path

from kg_build.reading import read_guide
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary

GUIDE = (
    "“某”重点专项2021年度项目申报指南\n本批将设立{stated}个指南方向，拟支持项目数8项，国拨经费总概算0.3亿元。\n"
    "1.1 中国和德国联合研究项目\n合作协议：《中德协定》。\n拟支持项目数：3个。\n共拟支持经费：1000万元。\n"
    "1.2 中国和法国联合研究项目\n合作协议：{agreement}。\n拟支持项目数：5个。\n共拟支持经费：2000万元。\n其他要求：法方联系邮箱：a@example.org。\n"
)


def _rules(folder: Path, **changes: str) -> list[str]:
    path = folder / "guide.txt"
    path.write_text(GUIDE.format(**{"stated": "2", "agreement": "《中法协定》"} | changes), "utf-8")
    return [finding.rule for finding in read_guide(path, read_vocabulary(), read_rulebook()).findings]


def test_what_adds_up_leaves_only_the_nameless_contact(tmp_path: Path) -> None:
    assert _rules(tmp_path) == ["contact.no-name"]


def test_directions_found_are_compared_with_those_stated(tmp_path: Path) -> None:
    assert "call.directions" in _rules(tmp_path, stated="3")


def test_a_slot_that_was_not_understood_is_told(tmp_path: Path) -> None:
    assert "slot.agreements" in _rules(tmp_path, agreement="另行通知")


def test_a_text_without_directions_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("各有关单位：请按要求组织申报。", "utf-8")
    findings = read_guide(path, read_vocabulary(), read_rulebook()).findings
    assert [finding.rule for finding in findings] == ["call.no-directions"]
