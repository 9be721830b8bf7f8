"""Query files: SPARQL that runs anywhere, under a header that says what it answers.

In: `*.rq` files, or the text of a query somebody typed. Out: `Query` values that were checked before they are asked.
It refuses to know: the graph that will answer, and how an answer is shown.

    #+ summary: Contacts of the directions with a partner
    #+ 问题: 与某国的合作方向该联系谁？
    #+ tags: ["contacts", "partners"]
    #+ params: {"partner": "code"}               (`queries.params` says what may stand there)
    #+ columns: ["number", "title", "name"]      (may be left out: all that is projected)

A parameter has a slot in the query, `VALUES ?partner { UNDEF }`, or several. UNDEF means "not given": the query
runs as it stands in any SPARQL 1.1 engine, and `ask` writes the term into each slot. (pyoxigraph 0.5.13's own
`substitutions` cannot be used: `BOUND(?partner)` stays false for them, so a filter lets every row through.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import QuerySolutions, QueryTriples, Store

from ontology.errors import QueryError, TermError
from ontology.namespaces import ZN
from queries.names import nearest
from queries.params import Param, slot, to_params

if TYPE_CHECKING:  # a named question needs no ontology, and is answered sooner without
    from ontology.vocabulary import Vocabulary

__all__ = [
    "CHECKS",
    "EXPORTS",
    "NETWORKS",
    "PICTURES",
    "QUESTIONS",
    "REPORTS",
    "Heading",
    "Query",
    "get_query",
    "list_queries",
    "load_queries",
    "read_query",
    "read_query_file",
    "to_query",
]

_ROOM = Path(__file__).parent
QUESTIONS = _ROOM / "questions"
CHECKS = _ROOM / "checks"
NETWORKS = _ROOM / "networks"
EXPORTS = _ROOM / "exports"
REPORTS = _ROOM / "reports"
PICTURES = _ROOM / "pictures"

Kind = Literal["SELECT", "ASK", "CONSTRUCT"]

_HEADER = re.compile(r"^#\+[ \t]*([^:\s]+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_TOKEN = r"""
      (?P<iri> <[^<>"{}|^`\\\s]*> )
    | (?P<string> \"\"\".*?\"\"\" | '''.*?''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<comment> \#[^\n]* )
    | (?P<term> (?P<prefix>[A-Za-z][\w.-]*)?:(?P<local>[\w][\w.-]*)? )
    | (?P<variable> [?$]\w+ )
    | (?P<word> [A-Za-z]+ )
    | (?P<open> \{ ) | (?P<close> \} )
    """
_PREFIX = re.compile(r"PREFIX\s+([A-Za-z][\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header of a query says: `summary` in English, `question` in Chinese."""

    name: str
    summary: str
    question: str
    tags: tuple[str, ...]
    params: tuple[Param, ...]

    @property
    def example(self) -> dict[str, str | int | float]:
        """Return a value for each parameter that must be given."""
        return {param.name: param.example for param in self.params if param.example is not None}


@dataclass(frozen=True, slots=True)
class Query(Heading):
    """One question: its heading, its text, and the columns that are shown."""

    text: str
    kind: Kind
    columns: tuple[str, ...]


def load_queries(folder: Path | None = None) -> tuple[Query, ...]:
    """Read and check every query of a folder, the questions when none is given, ordered by name."""
    return tuple(read_query(path) for path in _iter_paths(folder))


def list_queries(folder: Path | None = None) -> tuple[Heading, ...]:
    """Read the headings of a folder, the questions when none is given: a list has to come at once."""
    return tuple(_to_heading(_header(_read_text(path)), path.stem) for path in _iter_paths(folder))


def get_query(name: str, folder: Path | None = None) -> Query:
    """Return one query by name; raise QueryError with the nearest name when there is none.

    Its terms are taken as they are: `load_queries` checks them, and reading the ontology for each question
    would take as long as answering it.
    """
    folder = folder or QUESTIONS
    names = sorted(path.stem for path in folder.glob("*.rq"))
    if name in names:
        return _parse(_read_text(folder / f"{name}.rq"), name, {})
    raise QueryError(f"no question is called {name}", where="zhinan questions", right=nearest(name, names))


def read_query(path: Path) -> Query:
    """Read a query file of ours: header, order, slots and terms all have to be right."""
    text, where = _read_text(path), path.name
    query = to_query(text, path.stem)
    for key, value in (("summary", query.summary), ("问题", query.question), ("tags", query.tags)):
        if not value:
            raise QueryError(f"the header has no {key}", where=where, right=f"a line #+ {key}: …")
    if "params" not in _header(query.text):
        raise QueryError("the header has no params", where=where, right="a line #+ params: {}")
    vocabulary, declared = _read_terms(), _prefixes(text)
    for match in _iter_tokens(text, "term"):
        if match["prefix"] not in declared:
            right = f"PREFIX {match['prefix']}: <…>"
            raise QueryError(f"{match['term']} is used without a PREFIX line", where=where, right=right)
        if match["local"]:
            _check_term(match["term"], where, vocabulary)
    if query.kind == "SELECT" and not _is_ordered(query.text):
        raise QueryError("a SELECT without ORDER BY", where=where, right="ORDER BY at its end")
    return query


def read_query_file(path: Path) -> Query:
    """Read a query file of the user's own, which needs no header."""
    return to_query(_read_text(path), path.name)


def to_query(text: str, name: str) -> Query:
    """Return a query as somebody typed it: a header may be missing, and so may PREFIX lines of known prefixes.

    Raise QueryError for what is no SPARQL query, for a term that zhinan.ttl does not declare, and for a
    parameter without its slot.
    """
    vocabulary = _read_terms()
    _check_terms(text, name, vocabulary)
    return _parse(text, name, vocabulary.prefixes)


def _iter_paths(folder: Path | None) -> list[Path]:
    return sorted((folder or QUESTIONS).glob("*.rq"), key=lambda path: path.stem)


def _parse(text: str, name: str, known: Mapping[str, str]) -> Query:
    """Return the query, with a PREFIX line for each known prefix that it uses and does not declare."""
    kind, projected = _examine(text, name, dict(known))
    added = _to_prefix_lines(text, known) if known else ""
    header = _header(text)
    heading = _to_heading(header, name)
    for param in heading.params:
        _check_param(param, text, name)
    columns = tuple(_json(header, "columns", name, list(projected)))
    if unknown := set(columns) - set(projected):
        raise QueryError(f"column {min(unknown)} is not projected", where=name, right=f"one of {' '.join(projected)}")
    return Query(
        heading.name, heading.summary, heading.question, heading.tags, heading.params,
        text=added + text, kind=kind, columns=columns,
    )  # fmt: skip


def _to_prefix_lines(text: str, known: Mapping[str, str]) -> str:
    used = {match["prefix"] for match in _iter_tokens(text, "term")} - _prefixes(text).keys()
    return "".join(f"PREFIX {prefix}: <{known[prefix]}>\n" for prefix in sorted(used & known.keys()))


def _to_heading(header: dict[str, str], name: str) -> Heading:
    return Heading(
        name,
        summary=header.get("summary", ""),
        question=header.get("问题", ""),
        tags=tuple(_to_tags(header, name)),
        params=to_params(_json(header, "params", name, {}), name),
    )


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError("cannot read the query", where=str(path), right="a text file in UTF-8") from error


def _header(text: str) -> dict[str, str]:
    return {match[1]: match[2] for match in _HEADER.finditer(text)}


def _json(header: dict[str, str], key: str, name: str, default: Any) -> Any:
    """Return a header value of the same JSON type as the default."""
    if key not in header:
        return default
    try:
        value = json.loads(header[key])
    except ValueError as error:
        raise QueryError(f"#+ {key}: is no JSON", where=name, right=json.dumps(default)) from error
    if not isinstance(value, type(default)):
        raise QueryError(f"#+ {key}: has the wrong shape", where=name, right=json.dumps(default))
    return value


def _to_tags(header: dict[str, str], name: str) -> list[str]:
    if header.get("tags", "").startswith("["):
        return list(_json(header, "tags", name, []))
    return [tag.strip() for tag in header.get("tags", "").split(",") if tag.strip()]


def _check_param(param: Param, text: str, name: str) -> None:
    if not slot(param.name).search(text):
        right = f"VALUES ?{param.name} {{ UNDEF }} in its WHERE"
        raise QueryError(f"parameter {param.name} has no slot", where=name, right=right)


def _check_terms(text: str, name: str, vocabulary: Vocabulary) -> None:
    """Refuse a prefix that the vocabulary lacks or binds otherwise, and a zn: term that it does not declare."""
    for prefix, namespace in _prefixes(text).items():
        ours = {prefix: vocabulary.prefixes.get(prefix)} | {
            p: n for p, n in vocabulary.prefixes.items() if n == namespace
        }
        if ours.get(prefix) != namespace:
            known = " or ".join(f"PREFIX {p}: <{n}>" for p, n in ours.items() if n)
            right = known or nearest(prefix, vocabulary.prefixes)
            raise QueryError(f"PREFIX {prefix}: <{namespace}> is not in zhinan.ttl", where=name, right=right)
    used = [match["term"] for match in _iter_tokens(text, "term") if match["prefix"] == "zn" and match["local"]]
    used += [
        "zn:" + match["iri"][1:-1].removeprefix(ZN)
        for match in _iter_tokens(text, "iri")
        if match["iri"].startswith("<" + ZN) and match["iri"] != f"<{ZN}>"
    ]
    for term in used:
        _check_term(term, name, vocabulary)


def _check_term(term: str, name: str, vocabulary: Vocabulary) -> None:
    try:
        vocabulary.term(term)
    except TermError as error:
        raise QueryError(error.what, where=name, right=error.right) from error


def _prefixes(text: str) -> dict[str, str]:
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return {match[1]: match[2] for match in _PREFIX.finditer(code)}


def _read_terms() -> Vocabulary:
    from ontology.vocabulary import read_terms

    return read_terms()


@cache
def _token() -> re.Pattern[str]:
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


def _iter_tokens(text: str, kind: str) -> Iterator[re.Match[str]]:
    return (match for match in _token().finditer(text) if match.lastgroup == kind or match[kind] is not None)


def _is_ordered(text: str) -> bool:
    """Say whether ORDER BY stands outside of every brace."""
    depth = 0
    for match in _token().finditer(text):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth == 0 and (match["word"] or "").upper() == "ORDER":
            return True
    return False


def _examine(text: str, name: str, prefixes: dict[str, str]) -> tuple[Kind, tuple[str, ...]]:
    """Return kind and projected variables as the engine understands them."""
    try:
        result = Store().query(text, prefixes=prefixes)
    except (SyntaxError, RuntimeError) as error:
        raise QueryError(_to_complaint(str(error), text), where=name, right="a SPARQL 1.1 query") from error
    if isinstance(result, QuerySolutions):
        return "SELECT", tuple(variable.value for variable in result.variables)
    return ("CONSTRUCT" if isinstance(result, QueryTriples) else "ASK"), ()


def _to_complaint(message: str, text: str) -> str:
    """Say where the parser stopped; its own list of what it expected runs over many lines.

    >>> _to_complaint("error at 1:8: expected one of …", "SELECT WHERE")
    'cannot read the query at line 1, column 8, before “WHERE”'
    """
    found = re.search(r"error at (\d+):(\d+)", message)
    if not found:
        return f"cannot read the query: {message[:120]}"
    line, column = int(found[1]), int(found[2])
    rest = (text.splitlines() or [""])[line - 1 : line]
    before = rest[0][column - 1 : column + 29].strip() if rest else ""
    return f"cannot read the query at line {line}, column {column}" + (f", before “{before}”" if before else "")
