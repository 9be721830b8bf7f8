"""How good the built records are, told field by field.

In: gold records and a graph folder. Out: a table of precision, recall and F1, for a terminal or for a page.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg_build.evaluation import Evaluation, add_scores, evaluate, mean_f1, read_records
from kg_build.graph import open_graph
from queries.answers import Solutions
from queries.tables import to_table
from zhinan.words import read_fields, read_words

__all__ = ["score", "to_markdown", "to_report"]

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


def to_markdown(evaluation: Evaluation, language: str) -> str:
    """Return F1 for each field and document as a pipe table, with the means of each column; `language` is zh or en."""
    words = {key: word[language] for key, word in read_words().items()}
    heads = (words["field"], *evaluation.documents, words["all"], words["precision"], words["recall"], words["gold"])
    by_document = [{one.field: one for one in evaluation.by_document[name]} for name in evaluation.documents]
    rows = [heads, ("---", *["---:"] * (len(heads) - 1))]
    for one in evaluation.scores:
        name = f"{getattr(read_fields()[one.field], language)} `{one.field}`"
        cells = (f"{scores[one.field].f1:.3f}" if one.field in scores else "" for scores in by_document)
        rows.append((name, *cells, f"{one.f1:.3f}", f"{one.precision:.3f}", f"{one.recall:.3f}", str(one.gold)))
    columns = [list(scores.values()) for scores in by_document]
    total = add_scores(evaluation.scores)
    means = (f"{mean_f1(column):.4f}" for column in columns)
    rows.append((words["macro"], *means, f"{evaluation.macro_f1:.4f}", "", "", ""))
    means = (f"{add_scores(column).f1:.4f}" for column in columns)
    figures = (f"{total.f1:.4f}", f"{total.precision:.3f}", f"{total.recall:.3f}", str(total.gold))
    rows.append((words["micro"], *means, *figures))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
