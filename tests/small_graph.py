"""The small hand-made graph of tests/documents/small.trig, in memory and as a graph folder.

One invented call with five directions, a group with its members, contacts, claims, and the concepts it uses; the
declarations of the ontology come from zhinan.ttl itself.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyoxigraph as ox

from ontology.vocabulary import BASE, FOLDER
from queries.graphs import LocalGraph

SMALL = Path(__file__).parent / "documents" / "small.trig"
RECORDS = (
    {"kind": "call", "document": "900", "title": "2030年度“远山计划”重点专项申报指南"},
    {"kind": "direction", "document": "900", "number": "1.1", "title": "中以芯片合作"},
)


def read_small(*more: str) -> LocalGraph:
    """Return the graph in memory; `more` is TriG that a test adds to it."""
    return LocalGraph(_fill(ox.Store(), more))


def write_small(folder: Path) -> Path:
    """Write the graph as a graph folder, as far as questions and exports read one."""
    folder.mkdir(parents=True)
    store = _fill(ox.Store(str(folder / "store")), ())
    store.flush()
    del store
    records = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS).encode()
    (folder / "records.jsonl").write_bytes(records)
    manifest = {"files": {"records.jsonl": hashlib.sha256(records).hexdigest()}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _fill(store: ox.Store, more: tuple[str, ...]) -> ox.Store:
    store.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    graph = ox.NamedNode(BASE + "graph/ontology")
    store.load(path=str(FOLDER / "zhinan.ttl"), format=ox.RdfFormat.TURTLE, to_graph=graph)
    prefixes = "".join(
        f"PREFIX {name}: <{iri}>\n"
        for name, iri in (
            ("zn", BASE + "ontology#"),
            ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            ("dcterms", "http://purl.org/dc/terms/"),
            ("prov", "http://www.w3.org/ns/prov#"),
            ("oa", "http://www.w3.org/ns/oa#"),
            ("skos", "http://www.w3.org/2004/02/skos/core#"),
            ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
            ("schema", "https://schema.org/"),
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        )
    )
    for text in more:
        store.load(input=prefixes + text, format=ox.RdfFormat.TRIG, base_iri=BASE)
    return store
