"""Cards joined into one pattern find what they find alone."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from kg_build.choices import choose, choose_by_opening
from kg_build.rules import load_rules, read_rulebook
from ontology.errors import RuleError

CARD = '[[rule]]\nid = "{id}"\nlabel = "Mark"\npattern = \'{pattern}\'\nmatches = [{{ text = "{text}" }}]\nrejects = ["-"]\n'


def _write(folder: Path, *cards: tuple[str, str, str]) -> Path:
    (folder / "labels.toml").write_text('Mark = "a mark"\n', "utf-8")
    text = "".join(CARD.format(id=name, pattern=pattern, text=text) for name, pattern, text in cards)
    (folder / "marks.toml").write_text(text, "utf-8")
    return folder


def test_the_first_card_that_fits_decides(tmp_path: Path) -> None:
    rulebook = load_rules(_write(tmp_path, ("long", "ab", "ab"), ("short", "a", "a"), ("other", "c", "c")))
    found = choose(rulebook, "Mark").find("abacab", 0, 5)
    assert [(start, end, rule.id) for start, end, rule in found] == [
        (0, 2, "long"),
        (2, 3, "short"),
        (3, 4, "other"),
        (4, 5, "short"),
    ]


def test_a_character_that_opens_no_card_has_no_choice(tmp_path: Path) -> None:
    rulebook = load_rules(_write(tmp_path, ("long", "ab", "ab"), ("other", "c", "c")))
    choice = choose_by_opening(rulebook, "Mark")["c"]
    assert choice is not None
    assert [rule.id for rule in choice.rules] == ["other"]
    assert choose_by_opening(rulebook, "Mark")["b"] is None


def test_cards_with_parts_are_refused(tmp_path: Path) -> None:
    rulebook = load_rules(_write(tmp_path, ("parts", "(?P<part>a)b", "ab")))
    with pytest.raises(RuleError, match="groups"):
        choose(rulebook, "Mark")


@pytest.mark.parametrize("label", ["Comparator", "BoundBehind", "Number", "TestCondition"])
def test_no_character_that_may_open_a_match_is_passed_over(label: str) -> None:
    rulebook = read_rulebook()
    places = choose(rulebook, label).places.pattern
    openings = re.compile(places[: places.index("](?<=") + 1])
    every = (chr(code) for code in range(sys.maxunicode) if code < 0x10000)
    assert not [each for each in every if rulebook.starting(label, each) and not openings.match(each)]


@pytest.mark.parametrize("label", ["Comparator", "BoundBehind"])
def test_words_of_comparison_are_found_as_each_card_finds_them(label: str) -> None:
    rulebook = read_rulebook()
    text = "不低于90%、至少涵盖5~8个；> 4项,≤±10μm，不得超过3年以上，5%(含)以下，最高不超过8台及以上、优于10米之内"
    alone = [(span.start, span.end, span.rule) for span in rulebook.find(label, text)]
    assert [(start, end, rule.id) for start, end, rule in choose(rulebook, label).find(text, 0, len(text))] == alone
    assert alone
