"""The small hand-made graph of tests/documents/small.trig, in memory and as a graph folder.

One invented call with five directions, a group with its members, contacts, claims, and the concepts it uses; the
declarations of the ontology come from zhinan.ttl itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from ontology.vocabulary import BASE, FOLDER
from queries.graphs import LocalGraph
from queries.record_schema import CALL, DIRECTION

SMALL = Path(__file__).parent / "documents" / "small.trig"


def make_record(kind: str, **said: object) -> dict[str, object]:
    """Return a record of document 900 that says this and no more."""
    fields = CALL if kind == "call" else DIRECTION
    empty: dict[str, object] = {field.name: [] if field.many else None for field in fields}
    unsaid: dict[str, object] = {} if kind == "call" else {"open_topic": False}
    return {**empty, **unsaid, "kind": kind, "document": "900", **said}


def _range(least: int | None, most: int | None) -> dict[str, int | None]:
    return {"min": least, "max": most}


def _contact(name: str, phone: str, *emails: str) -> dict[str, object]:
    return {"name": name, "org": None, "phones": [phone], "faxes": [], "emails": list(emails)}


def _measure(text: str, comparator: str, value: float, value_max: float | None, unit: str) -> dict[str, object]:
    return {"text": text, "comparator": comparator, "value": value, "value_max": value_max, "unit": unit}


RECORDS = (
    make_record(
        "call",
        title="2030年度“远山计划”重点专项申报指南",
        programmes=["远山计划"],
        year=2030,
        stage="final",
        stated_directions=4,
        projects=_range(12, 12),
        budget_cny=_range(54_000_000, 54_000_000),
        sections=[{"number": "1", "title": "信息"}, {"number": "2", "title": "能源"}],
        requirements=[{"code": "core-ip", "value": None}],
        contacts=[_contact("张三", "010-5550100")],
    ),
    make_record(
        "direction",
        number="1.1",
        title="中以芯片合作",
        section="1",
        partners=["IL"],
        agreements=[{"title": "中以示例协定", "year": 2028, "kind": "agreement"}],
        agencies=["以色列示例署"],
        projects=_range(2, 2),
        budget_cny=_range(None, 6_000_000),
        contacts=[
            _contact("Noa Levi", "+972-3-5550101", "noa@example.org"),
            _contact("李四", "010-5550102", "li@example.org"),
        ],
        requirements=[{"code": "enterprise-lead", "value": None}],
        keywords=["芯片", "人工智能"],
        fields=["ICT"],
    ),
    make_record(
        "direction",
        number="1.2",
        title="面向“一带一路”国家的数据平台",
        section="1",
        partners=["BRI"],
        partner_members=["KZ", "EG"],
        projects=_range(None, 3),
        project_budget_cny=_range(None, 2_000_000),
        fields=["ICT"],
    ),
    make_record(
        "direction",
        number="1.10",
        title="中哈氢能示范",
        section="2",
        research_type="demonstration",
        partners=["KZ"],
        projects=_range(1, 2),
        budget_cny=_range(8_000_000, 8_000_000),
        fields=["ENE", "MAT"],
        indicators=["储氢密度≥5.5%"],
        measures=[
            _measure("储氢密度≥5.5%", ">=", 5.5, None, "%"),
            _measure("运行温度-40~70℃", "range", -40, 70, "℃"),
        ],
    ),
    make_record(
        "direction",
        number="2.1",
        title="中新以多边合作",
        section="2",
        partners=["IL", "NZ"],
        open_topic=True,
        projects=_range(None, 5),
        budget_cny=_range(None, 40_000_000),
        requirements=[{"code": "matching-funds", "value": "1:1"}],
        fields=["ALL"],
    ),
    make_record(
        "direction", number="2.1.1", parent="2.1", title="中新分题", section="2", partners=["NZ"], keywords=["人工智能"]
    ),
)


def read_small(*more: str) -> LocalGraph:
    """Return the graph in memory; `more` is TriG that a test adds to it."""
    return LocalGraph(_fill(ox.Store(), more))


def write_small(
    folder: Path, *, quads: Iterable[ox.Quad] = (), records: Iterable[Mapping[str, object]] = RECORDS
) -> Path:
    """Write the graph as a graph folder, as far as questions and exports read one; `quads` are added to it."""
    folder.mkdir(parents=True)
    store = _fill(ox.Store(str(folder / "store")), ())
    store.extend(quads)
    store.flush()
    del store
    write_records(folder, records)
    return folder


def write_records(folder: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write the record table of a graph folder, and the manifest with its checksum."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    # UTF-8 cannot hold half of a surrogate pair; JSON can, as an escape.
    lines = (re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", line) for line in lines)
    records = "".join(line + "\n" for line in lines).encode()
    (folder / "records.jsonl").write_bytes(records)
    manifest = {"files": {"records.jsonl": hashlib.sha256(records).hexdigest()}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


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
