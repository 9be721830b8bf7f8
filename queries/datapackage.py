"""A small release: tables, records and graph with a Data Package descriptor that says what each is, and its checksum.

In: holdings. Out: the files by name. The descriptor follows Data Package 2.0; it names no day, as the same graph
folder is the same release.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from ontology.vocabulary import read_terms
from queries.direction_table import COLUMNS, write_full_csv
from queries.holdings import Holdings
from queries.parquet import write_parquet
from queries.rdf_files import write_trig
from queries.record_files import write_records, write_schema
from queries.workbook import write_workbook

__all__ = ["write_package"]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCES: tuple[tuple[str, str, str, str, Callable[[Holdings], Iterator[bytes]]], ...] = (
    ("directions", "directions.csv", "text/csv", "One row a direction with all that is known of it", write_full_csv),
    ("directions-typed", "directions.parquet", "application/vnd.apache.parquet", "The same with lists and structs, and quotes", write_parquet),
    ("workbook", "directions.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "The same for Excel, with code lists", write_workbook),
    ("records", "records.jsonl", "application/jsonl", "One JSON object a line for each call and direction", write_records),
    ("records-schema", "records.schema.json", "application/schema+json", "The JSON Schema of a record", write_schema),
    ("graph", "graph.trig", "application/trig", "Facts, claims with their quotes, ontology and schemes", write_trig),
)  # fmt: skip
"""Name, path, media type, what it is, how it is written."""


def write_package(holdings: Holdings) -> Mapping[str, bytes]:
    """Return the resources and, first, `datapackage.json`."""
    files = {path: b"".join(write(holdings)) for _, path, _, _, write in _RESOURCES}
    descriptor = json.dumps(_describe(holdings, files), ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": descriptor.encode("utf-8"), **files}


def _describe(holdings: Holdings, files: Mapping[str, bytes]) -> dict[str, Any]:
    manifest = holdings.read_manifest()
    private = "" if holdings.secrets is None else " Personal data of contacts was left out."
    licences = _find_licences(holdings)
    return {
        "$schema": _PROFILE,
        "name": "zhinan-directions",
        "title": "申报指南方向",
        "description": "Directions of Chinese funding-call guidelines, each fact with the words that say it." + private,
        "version": str(manifest.get("zhinan", "")),
        "keywords": ["funding", "申报指南", "knowledge graph"],
        **({"licenses": licences} if licences else {}),
        "sources": [
            {"title": str(one.get("file", "")), "version": f"sha256:{one.get('sha256', '')}"}
            for one in manifest.get("documents") or ()
        ],
        "resources": [_to_resource(*resource[:4], files[resource[1]]) for resource in _RESOURCES],
    }


def _to_resource(name: str, path: str, media_type: str, title: str, data: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name,
        "path": path,
        "title": title,
        "format": path.rpartition(".")[2],
        "mediatype": media_type,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if path.endswith(".csv"):
        fields = [{"name": column.name, "type": column.type, "description": column.note} for column in COLUMNS]
        told |= {"type": "table", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}}
        told["schema"] = {"fields": fields, "primaryKey": ["direction"], "missingValues": [""]}
    return told


def _find_licences(holdings: Holdings) -> list[dict[str, str]]:
    """Return the licence that the graph states of its data set, if it describes one."""
    term = read_terms()
    if not {"dcterms:license", "dcat:Dataset", "rdf:type"} <= term.terms.keys():
        return []
    kind, type_, licence = (ox.NamedNode(term.term(name)) for name in ("dcat:Dataset", "rdf:type", "dcterms:license"))
    found = {
        stated.object.value
        for quad in holdings.graph.store.quads_for_pattern(None, type_, kind, None)
        for stated in holdings.graph.store.quads_for_pattern(quad.subject, licence, None, quad.graph_name)
        if isinstance(stated.object, ox.NamedNode)
    }
    return [{"path": one} for one in sorted(found)]
