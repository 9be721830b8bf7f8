"""What is written as a term is read back as it was, by a parser that is not ours."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg_build.statements import Statement, to_decimal, to_line, to_string, to_typed
from ontology.vocabulary import BASE

characters = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(characters, st.sampled_from(["", "zh", "en"]), st.booleans())
def test_a_literal_is_read_back_as_it_was(text: str, language: str, in_graph: bool) -> None:
    graph = f"<{BASE}g>" if in_graph else ""
    statement = Statement(graph, f"<{BASE}s>", f"<{BASE}p>", to_string(text, language))
    line = to_line(statement)
    assert line.count("\n") == 1
    (quad,) = ox.parse(input=line, format=ox.RdfFormat.N_QUADS)
    assert quad.object == (ox.Literal(text, language=language) if language else ox.Literal(text))
    assert (str(quad.subject), str(quad.predicate), str(quad.object)) == statement[1:]


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False))
def test_a_decimal_is_read_back_as_it_was(number: float) -> None:
    lexical = to_decimal(number).partition('"^^')[0][1:]
    assert float(lexical) == number
    assert "e" not in lexical.lower()
    assert not lexical.endswith((".", ".0"))


def test_a_typed_literal_names_its_datatype_in_full() -> None:
    assert to_typed("1", "int") == '"1"^^<http://www.w3.org/2001/XMLSchema#int>'
