"""A form says the same as its statements one by one."""

from __future__ import annotations

from kg_build.descriptions import Form, count_pairs, group, iter_statements
from kg_build.statements import Statement

CLAIM = Form(("<p:subject>", "<p:object>"), (("<p:type>", "<o:Claim>"), ("<p:a>", "<o:Thing>")))


def test_statements_come_back_from_their_groups_each_once() -> None:
    one, two = Statement("", "<s:1>", "<p:1>", '"a"'), Statement("<g:1>", "<s:1>", "<p:1>", '"a"')
    graphs = group([two, one, two])
    assert sorted(iter_statements(graphs)) == [one, two]
    assert [count_pairs(said.values()) for said in graphs.values()] == [1, 1]


def test_a_row_is_what_its_form_says_of_it() -> None:
    row = (CLAIM, ("<s:1>", '"{0} %s"'))
    told = set(iter_statements({"<g:1>": {"<c:1>": row}}))
    assert told == {
        Statement("<g:1>", "<c:1>", "<p:subject>", "<s:1>"),
        Statement("<g:1>", "<c:1>", "<p:object>", '"{0} %s"'),
        Statement("<g:1>", "<c:1>", "<p:type>", "<o:Claim>"),
        Statement("<g:1>", "<c:1>", "<p:a>", "<o:Thing>"),
    }
    assert count_pairs([row]) == len(told)


def test_the_slots_of_a_form_are_sorted_and_numbered_as_its_row_is() -> None:
    assert CLAIM.slots() == [
        ("<p:a>", "<o:Thing>"),
        ("<p:object>", "{2}"),
        ("<p:subject>", "{1}"),
        ("<p:type>", "<o:Claim>"),
    ]
