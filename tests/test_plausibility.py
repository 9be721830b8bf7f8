"""What does not add up is told, with its place; what adds up is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg_build.documents import Document
from kg_build.findings import Finding
from kg_build.reading import Reading, read_guide, read_text
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary
from tests.layouts import LAYOUTS

GUIDE = (
    "“某”重点专项2021年度项目申报指南\n本批将设立{stated}个指南方向，拟支持项目数{projects}项，国拨经费总概算{budget}。\n"
    "1.1 中国和德国联合研究项目\n合作协议：《中德协定》。\n领域方向：{topics}\n拟支持项目数：3个。\n共拟支持经费：{share}。\n"
    "1.2 中国和法国联合研究项目\n合作协议：{agreement}。\n拟支持项目数：5个。\n共拟支持经费：2000万元。\n"
    "其他要求：法方联系人：{contact}\n"
)
SOUND = {
    "stated": "2",
    "projects": "8",
    "budget": "0.3亿元",
    "topics": "新材料；农业。",
    "share": "1000万元",
    "agreement": "《中法协定》",
    "contact": "Anne Roy，邮箱：a@example.org。",
}
KNOWN = {
    "001": {"call.budget": 1, "contact.no-name": 1, "list.too-deep": 3},
    "002": {"contact.no-name": 2},
}
"""All that the five official guides give cause for: limits that add up to more, mailboxes, a third level."""
NOT_SHORTENED = {"call.budget", "contact.no-name"}
"""What the condensed edition shares with them; it has no third level."""


def _read(raw: str) -> Reading:
    return read_text(Document("007", Path("007.txt"), raw, "0" * 64), read_vocabulary(), read_rulebook())


def _told(**changes: str) -> dict[str, Finding]:
    return {finding.rule: finding for finding in _read(GUIDE.format(**SOUND | changes)).findings}


def _only(rule: str, **changes: str) -> Finding:
    """Return the one finding that the changes cause."""
    told = _told(**changes)
    assert list(told) == [rule]
    return told[rule]


def test_a_guide_that_adds_up_is_not_doubted() -> None:
    assert _told() == {}


def test_directions_found_are_compared_with_those_stated() -> None:
    assert _only("call.directions", stated="3").message == "states 3 directions, 2 were found"


@pytest.mark.parametrize(
    ("rule", "changes", "words"),
    [
        ("call.projects", {"projects": "9"}, "projects of 9, its directions take at most 8"),
        ("call.projects", {"projects": "7"}, "projects of 7, its directions take at least 8"),
        ("call.budget", {"budget": "0.5亿元"}, "a budget of 50,000,000, its directions take at most 30,000,000"),
        ("call.budget", {"budget": "不超过0.2亿元"}, "a budget of 20,000,000, its directions take at least 30,000,000"),
    ],
)
def test_quotas_and_budgets_are_summed_against_the_calls(rule: str, changes: dict[str, str], words: str) -> None:
    finding = _only(rule, **changes)
    assert (finding.severity, finding.subject) == ("warning", "call")
    assert words in finding.message


def test_a_sum_below_a_limit_is_no_doubt() -> None:
    assert _told(budget="不超过0.4亿元", projects="不超过10") == {}


def test_limits_that_add_up_to_something_else_are_worth_a_word_but_no_warning() -> None:
    finding = _only("call.budget", share="不超过1500万元", budget="0.3亿元")
    assert finding.severity == "info"
    assert "add up to 35,000,000" in finding.message


def test_an_unstated_share_is_only_compared_by_the_least_that_the_others_take() -> None:
    assert set(_told(share="另行通知")) == {"slot.budget"}
    assert set(_told(share="另行通知", budget="0.1亿元")) == {"slot.budget", "call.budget"}


def test_a_part_that_is_larger_than_its_direction_is_told() -> None:
    finding = _only("direction.budget", share="1000万元，其中新材料不超过1200万元")
    assert finding.subject == "1.1"
    assert "12,000,000" in finding.message


@pytest.mark.parametrize("text", ["另行通知", "见双方约定"])
def test_a_slot_that_was_not_understood_is_told(text: str) -> None:
    assert _only("slot.agreements", agreement=text).subject == "1.2"


@pytest.mark.parametrize(
    ("contact", "rules"),
    [("a@example.org。", {"contact.no-name"}), ("Anne Roy，邮箱：a@example.org。", set[str]())],
)
def test_a_contact_without_a_name_is_told(contact: str, rules: set[str]) -> None:
    assert set(_told(contact=contact)) == rules


@pytest.mark.parametrize("label", ["拨付办法", "知识产权", "遴选办法"])
def test_a_label_that_is_not_known_is_told_with_its_place(label: str) -> None:
    finding = _only("label.unknown", share=f"1000万元。\n{label}：按双方约定执行")
    assert finding.subject == "1.1"
    assert label in finding.message
    assert finding.span is not None
    text = _read(GUIDE.format(**SOUND | {"share": f"1000万元。\n{label}：按双方约定执行"})).text
    assert text.quote(finding.span) == f"{label}："


@pytest.mark.parametrize("line", ["联系人：Eva Lind", "电子邮箱：b@example.org", "常见问题：https://example.org/faq"])
def test_an_address_and_a_link_are_no_unknown_labels(line: str) -> None:
    assert "label.unknown" not in _told(contact=f"Anne Roy，邮箱：a@example.org。\n{line}")


@pytest.mark.parametrize("part", ["镍基材料：高温合金。", "储能体系包括：新型电池。"])
def test_a_heading_inside_the_topics_is_no_unknown_label(part: str) -> None:
    assert "label.unknown" not in _told(topics=f"新材料，农业。\n{part}")


@pytest.mark.parametrize("mark", ["（{}）", "{}."])
def test_a_list_that_skips_a_number_is_told(mark: str) -> None:
    topics = "\n".join(f"{mark.format(number)}{name}。" for number, name in ((1, "新材料"), (2, "农业"), (4, "能源")))
    finding = _only("list.broken", topics=f"\n{topics}")
    assert mark.format(4) in finding.message


def test_a_list_deeper_than_a_record_is_told_and_is_no_warning() -> None:
    deep = "\n（一）能源\n1.储能\n（1）电池；\n（2）氢能。\n2.电网\n（二）农业"
    finding = _only("list.too-deep", topics=deep)
    assert (finding.severity, finding.subject) == ("info", "1.1")


@pytest.mark.parametrize(
    "share", ["\n（1）按实际需要核定；\n（2）新材料不超过1000万元", "\n（1）农业1000万元；\n（2）酌情确定"]
)
def test_an_item_from_which_nothing_was_read_is_told(share: str) -> None:
    assert "1 of the 2 items of a list in budget" in _told(share=share)["list.unread"].message


@pytest.mark.parametrize(("number", "told"), [("1.4", True), ("2.2", True), ("7.5", False), ("1.1", False)])
def test_a_heading_that_opened_no_direction_is_told(number: str, told: bool) -> None:
    share = f"1000万元。\n{number} 中国和瑞典联合研究项目\n双方共同组织评审"
    assert ("heading.skipped" in _told(share=share)) is told


@pytest.mark.parametrize(("number", "told"), [("1.4", True), ("3.2", True), ("1.3", False), ("2.1", False)])
def test_numbers_that_are_left_out_are_told(number: str, told: bool) -> None:
    last = f"\n{number} 中国和瑞典联合研究项目\n合作协议：《中瑞协定》。\n拟支持项目数：另定。"
    findings = {finding.rule: finding for finding in _read(GUIDE.format(**SOUND) + last).findings}
    assert ("heading.gap" in findings) is told
    if told:
        assert findings["heading.gap"].message == f"{number} stands behind 1.2: were directions left out?"


def test_a_text_without_directions_and_a_notice_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    for text, rule in (
        ("各有关单位：请按要求组织申报。", "call.no-directions"),
        ("关于发布国家重点研发计划“某”重点专项2021年度项目申报指南的通知\n\n各有关单位：请组织申报。", "call.notice"),
    ):
        path.write_text(text, "utf-8")
        findings = read_guide(path, read_vocabulary(), read_rulebook()).findings
        assert [finding.rule for finding in findings] == [rule]


def _count(reading: Reading) -> dict[str, int]:
    rules = [finding.rule for finding in reading.findings]
    return {rule: rules.count(rule) for rule in sorted(set(rules))}


def test_the_official_guides_give_no_false_alarm(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.txt")):
        reading = read_guide(path, read_vocabulary(), read_rulebook())
        assert _count(reading) == KNOWN.get(reading.text.document.id, {}), path.name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_edition_gives_no_false_alarm_in_any_layout(guides: Path, layout: str) -> None:
    for path in sorted(guides.glob("*.txt")):
        known = KNOWN.get(path.name[:3], {})
        wanted = {rule: count for rule, count in known.items() if rule in NOT_SHORTENED}
        found = _count(_read(LAYOUTS[layout](path.read_text("utf-8"))))
        assert bool(found.pop("footnote.unread", 0)) == ("footnotes" in layout), path.name
        assert found == wanted, path.name


def test_what_a_footnote_says_is_told_as_nothing_is_read_from_it() -> None:
    noted = GUIDE.format(**SOUND).rstrip("\n") + "[1]\n\n[1] 以批复的预算为准。\n\n— 2 —\n"
    told = [finding for finding in _read(noted).findings if finding.rule == "footnote.unread"]
    assert [finding.severity for finding in told] == ["info"]
    assert "[1] 以批复的预算为准。" in told[0].message
    assert "footnote.unread" not in _told()
