"""How good the built records are, told field by field.

In: gold records and a graph folder. Out: a table of precision, recall and F1.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg_build.evaluation import Evaluation, evaluate, read_records
from kg_build.graph import open_graph
from queries.answers import Solutions
from queries.tables import to_table

__all__ = ["score", "to_report"]

_DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def score(gold: Path, folder: Path) -> Evaluation:
    """Compare the records of a graph folder with gold records."""
    return evaluate(gold, read_records(open_graph(folder).records))


def to_report(evaluation: Evaluation) -> str:
    """Tell each field's scores, then micro and macro F1."""
    rows = tuple(
        (
            Literal(one.field),
            *(Literal(f"{number:.3f}", datatype=_DECIMAL) for number in (one.precision, one.recall, one.f1)),
            Literal(one.gold),
            Literal(one.predicted),
        )
        for one in evaluation.scores
    )
    table = to_table(Solutions(("field", "precision", "recall", "f1", "gold", "predicted"), rows))
    documents = " ".join(evaluation.documents)
    return f"{table}documents {documents}  micro F1 {evaluation.micro_f1:.4f}  macro F1 {evaluation.macro_f1:.4f}"
