"""A graph folder as files for other tools: one kind, one function from what the folder holds to bytes.

In: a graph folder and a path. Out: a file, or a folder of files, that is whole or not there. Same folder, same bytes.
It refuses to know: what the tools do with it, and how any of the files is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import QueryError
from queries.catalogue import EXPORTS, get_query
from queries.characters import to_plain
from queries.context import write_context, write_jsonld
from queries.datapackage import write_package
from queries.direction_table import write_full_csv
from queries.docbin import write_docbin
from queries.files import to_zip, with_checksums, write_file, write_folder
from queries.graph_files import write_gexf, write_graphml
from queries.holdings import Holdings, open_holdings
from queries.names import nearest
from queries.neo4j import write_admin_files, write_cypher
from queries.parquet import write_parquet
from queries.rdf_files import write_nquads, write_ntriples, write_rdfxml, write_trig, write_turtle
from queries.record_files import write_records, write_schema
from queries.run import ask
from queries.tables import to_csv
from queries.workbook import write_workbook

__all__ = ["KINDS", "FileKind", "FolderKind", "export", "list_kinds"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: what it is, and how its bytes come from what a graph folder holds."""

    summary: str
    write: Callable[[Holdings], Iterator[bytes]]

    def put(self, holdings: Holdings, path: Path) -> None:
        """Write the file."""
        write_file(path, self.write(holdings))


@dataclass(frozen=True, slots=True)
class FolderKind:
    """One kind that is several files: a folder, or an archive where the path ends in `.zip`."""

    summary: str
    write: Callable[[Holdings], Mapping[str, bytes]]

    def put(self, holdings: Holdings, path: Path) -> None:
        """Write the folder or the archive."""
        files = with_checksums(self.write(holdings))
        if path.suffix.lower() == ".zip":
            write_file(path, [to_zip(files)])
        else:
            write_folder(path, files)


def export(kind: str, folder: Path, path: Path, *, without_contacts: bool = False) -> None:
    """Write one kind from a graph folder; raise QueryError for an unknown kind or a path that cannot be."""
    if kind not in KINDS:
        raise QueryError(f"no export is called {kind}", where="zhinan export", right=nearest(kind, KINDS))
    KINDS[kind].put(open_holdings(folder, without_contacts=without_contacts), path)


def list_kinds() -> str:
    """Return the kinds with a sentence each, a line a kind."""
    width = max(map(len, KINDS))
    return "".join(f"{name:<{width}}  {kind.summary}\n" for name, kind in KINDS.items())


def write_directions_csv(holdings: Holdings) -> Iterator[bytes]:
    """Yield a row for each direction: call, year, number, title, partners, fields, projects, yuan, conditions, contacts."""
    yield to_plain(to_csv(ask(holdings.graph, get_query("directions", EXPORTS)))).encode("utf-8")


KINDS: Mapping[str, FileKind | FolderKind] = {
    "records": FileKind("one JSON object a line for each call and direction", write_records),
    "records-schema": FileKind("the JSON Schema of a line of records", write_schema),
    "directions.csv": FileKind("one row a direction in ten columns, for a spreadsheet", write_directions_csv),
    "directions-full.csv": FileKind("one row a direction with all that is known of it", write_full_csv),
    "directions.xlsx": FileKind(
        "a workbook: directions, contacts, requirements, measures, agreements, code lists, with quotes", write_workbook
    ),
    "parquet": FileKind("one row a direction with typed lists and structs, its call and its quotes", write_parquet),
    "turtle": FileKind("the merged facts as Turtle", write_turtle),
    "ntriples": FileKind("the merged facts as N-Triples", write_ntriples),
    "rdfxml": FileKind("the merged facts as RDF/XML", write_rdfxml),
    "jsonld": FileKind("the merged facts as JSON-LD that carries our context", write_jsonld),
    "jsonld-context": FileKind("the context alone: a short name for each term of the ontology", write_context),
    "trig": FileKind("facts, claims, ontology and schemes as TriG", write_trig),
    "nquads": FileKind("facts, claims, ontology and schemes as N-Quads", write_nquads),
    "graphml": FileKind("the merged facts as a property graph with quotes, for Gephi and networkx", write_graphml),
    "gexf": FileKind("the same as GEXF", write_gexf),
    "neo4j": FolderKind("the same as the CSV files of neo4j-admin import: a folder, or a .zip", write_admin_files),
    "cypher": FileKind("the same as a Cypher script that may be run twice", write_cypher),
    "docbin": FileKind("the quoted passages with facts as spans, for training with spaCy", write_docbin),
    "datapackage": FolderKind(
        "a release: tables, records, graph, descriptor with checksums; a folder, or a .zip", write_package
    ),
}
"""The words of `zhinan export`; a new kind is a new line here and its function in a module of its own."""
