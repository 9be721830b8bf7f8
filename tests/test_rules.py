"""A rulebook that does not hold what its cards promise is refused when it is loaded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg_build.rules import FOLDER, Rulebook, load_rules, read_rulebook
from ontology.errors import RuleError
from tests.worst_texts import measure_worst, read_examples

CARD = """
[[rule]]
id = "money.test"
label = "Money"
pattern = '(?P<amount>\\d+)元'
matches = [{ text = "共30元。", span = "30元", amount = "30" }]
rejects = ["多元"]
"""


def _load(folder: Path, cards: str) -> Rulebook:
    (folder / "labels.toml").write_text('Money = "an amount"\n', "utf-8")
    (folder / "cards.toml").write_text(cards, "utf-8")
    return load_rules(folder)


def test_a_card_finds_its_span_and_its_parts(tmp_path: Path) -> None:
    (span,) = _load(tmp_path, CARD).find("Money", "经费500元整")
    assert (span.start, span.end, span.group("amount"), span.rule) == (2, 6, (2, 5), "money.test")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (('rejects = ["多元"]', "rejects = []"), "no reject"),
        (('matches = [{ text = "共30元。", span = "30元", amount = "30" }]', "matches = []"), "no match"),
        (('amount = "30" }', 'amount = "3" }'), "amount = '30'"),
        (('rejects = ["多元"]', 'rejects = ["5元"]'), "counter-example"),
        (('label = "Money"', 'label = "Gold"'), "unknown label"),
        (("'(?P<amount>", "'((?P<amount>"), "no pattern"),
        (('id = "money.test"', 'id = "money.test"\ncolour = "red"'), "unknown keys"),
        (("[[rule]]", "[[rule"), "TOML"),
    ],
)
def test_a_broken_card_is_refused_in_one_line(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    with pytest.raises(RuleError, match=word) as caught:
        _load(tmp_path, CARD.replace(*change))
    assert "cards.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_cards_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="one id"):
        _load(tmp_path, CARD + CARD)


def test_overlaps_go_to_the_leftmost_then_the_longest(tmp_path: Path) -> None:
    longer = CARD.replace("money.test", "money.long").replace("元'", "元人民币'").replace("30元", "30元人民币")
    rulebook = _load(tmp_path, CARD + longer)
    assert [span.rule for span in rulebook.find("Money", "共30元人民币，又5元")] == ["money.long", "money.test"]
    assert len(rulebook.find_all("Money", "共30元人民币，又5元")) == 3


def test_an_unknown_label_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="Money"):
        _load(tmp_path, CARD).rules("Silver")


def test_every_card_of_ours_has_two_wordings() -> None:
    """The rulebook loads (which tests every card), and no card was learnt from one phrase alone."""
    import tomllib

    cards = [card for path in FOLDER.glob("*.toml") for card in tomllib.loads(path.read_text("utf-8")).get("rule", ())]
    thin = [card["id"] for card in cards if len(card["matches"]) < 2 or len(card["rejects"]) < 2]
    assert thin == []
    assert len(cards) == sum(len(rules) for rules in read_rulebook().by_label.values())


def test_no_card_names_a_document_or_a_direction() -> None:
    import re

    for path in FOLDER.glob("*.toml"):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("pattern"):
                assert not re.search(r"\b00[0-9]\b|(?<![\d.{,\[])\d{1,2}\\?\.\d{1,2}(?![\d}])", line), (path.name, line)


WORST = [
    "(",
    "（",
    "1",
    "一",
    "中国和",
    "不少于",
    "、",
    "《",
    "a@a.",
    "http://a",
    "合作",
    " ",
    "-",
    "——",
    "1.1",
    "包括（",
]


def test_no_card_runs_away() -> None:
    """Every card passes over 20 kB of hostile repetition in a time that only a runaway exceeds."""
    slow = []
    for rule in (rule for rules in read_rulebook().by_label.values() for rule in rules):
        for unit in WORST:
            text = unit * (20_000 // len(unit.encode()))
            begun = time.perf_counter()
            sum(1 for _ in rule.pattern.finditer(text))
            if time.perf_counter() - begun > 0.5:
                slow.append((rule.id, unit))
    assert slow == []


def test_no_card_runs_away_on_its_own_words() -> None:
    """A card that tries again from every place takes seconds on 100 kB of its own worst prefix; others, milliseconds."""
    examples = read_examples()
    cards = [card for rules in read_rulebook().by_label.values() for card in rules]
    measured = [measure_worst(card, examples[card.id], 100_000) for card in cards]
    assert [found for found in measured if found[0] > 0.5] == []
