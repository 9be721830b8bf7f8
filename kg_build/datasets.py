"""What a graph folder is, said in its own graph: VoID, DCAT 3 and PROV in `graph/dataset`.

In: censuses of the documents, what they share, what stands beside them, and the files. Out:
statements. Numbers were counted while the documents were written; nothing is asked of a store. No
clock, path or host: the same graph has the same description. `graph/dataset` itself is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain

from kg_build.descriptions import Descriptions, group
from kg_build.iris import extend, mint
from kg_build.statements import Statement, to_integer, to_iri, to_string, to_typed
from kg_build.tallies import Census, Tally, count
from ontology.vocabulary import BASE, PREFIXES, read_terms

__all__ = ["DATASET", "GRAPH", "File", "describe"]

DATASET = BASE + "dataset"
GRAPH = BASE + "graph/dataset"

_MEDIA = "https://www.iana.org/assignments/media-types/"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_JSON_LINES = "https://jsonlines.org/"
_APACHE = "https://www.apache.org/licenses/LICENSE-2.0"
_MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_FILES = {
    "graph.trig": ("全部陈述，按图排序", "All statements, sorted by graph", "application/trig"),
    "records.jsonl": ("记录表，每行一份指南或一个方向", "The record table, a line for each call and direction", ""),
    "findings.jsonl": ("存疑之处，每行一条", "The findings, one a line", ""),
}
"""Title in Chinese and English and media type; JSON Lines have none."""
_GRAPHS = {
    "ontology": ("本体：类和属性", "The ontology: classes and properties"),
    "schemes": ("词表：合作方、领域、要求等", "The schemes: partners, fields, requirements and others"),
    "questions": ("可以提的问题", "The questions that it can be asked"),
    "links": ("文件之间的联系", "Links between documents"),
}
_TITLE = ("科研项目申报指南知识图谱", "A knowledge graph of calls for research proposals")
_DESCRIPTION = (
    "由指南（Zhinan）从申报指南中读出的事实，每条都引有原文位置；本描述所在的图不计入数字。",
    "Facts that Zhinan read from calls, each with the place that says it; the graph of this description is not counted.",
)
_RIGHTS = (
    "这里只陈述事实。引文和源文件属于其发布者，指南不授予其任何权利；本体和词表按 Apache-2.0 许可使用。",
    "Only facts are stated here. Quotes and source documents are their publishers', and no right in them is granted; "
    "ontology and schemes are licensed under Apache-2.0.",
)
_FACTS = ("合并后的事实（默认图）", "The merged facts (the default graph)")
_EVIDENCE = ("出处：每个源文件一个图", "The evidence: a graph for each document")
_NO_CHECKSUM = (
    "文件不能载有自身的校验和：见同一文件夹中的 manifest.json。",
    "No file can hold its own checksum: it stands in manifest.json beside it.",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the graph folder, called by its path within it; `size` in bytes."""

    name: str
    sha256: str
    size: int


class _Notes:
    """Statements of `graph/dataset`, by declared terms."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._terms = read_terms()

    def say(self, subject: str, *said: tuple[str, str]) -> None:
        """Note pairs of a property's name and a term about a subject."""
        for name, term in said:
            self.statements.append(Statement(to_iri(GRAPH), to_iri(subject), self.term(name), term))

    def term(self, name: str) -> str:
        """Return a declared term; raise TermError for any other."""
        return to_iri(self._terms.term(name))


def describe(
    documents: Mapping[str, Census],
    *,
    shared: Iterable[Statement],
    others: Iterable[Statement],
    files: Sequence[File],
    version: str,
) -> tuple[Statement, ...]:
    """Describe a dataset: what it holds, in which files it comes, what it was made from and by what.

    `shared` are the facts that several documents may state, `others` the statements of graphs that no
    document makes; each may come more than once. `files` are those whose hash is known by now.
    """
    notes = _Notes()
    graphs = group(others)
    tallies = _tally(documents, shared, graphs)
    _describe_whole(notes, documents, tallies, version)
    for name, (titles, tally) in tallies.items():
        _describe_part(notes, name, titles, tally)
    for linkset, links in _find_linksets(graphs).items():
        _describe_linkset(notes, *linkset, links)
    for file in (File("graph.trig", "", 0), *files):
        _describe_file(notes, file)
    for prefix, namespace in PREFIXES.items():
        declaration = f"{BASE}ontology/prefix/{prefix}"
        notes.say(DATASET, ("sh:declare", to_iri(declaration)))
        kind = ("rdf:type", notes.term("sh:PrefixDeclaration"))
        notes.say(declaration, kind, ("sh:prefix", to_string(prefix)), ("sh:namespace", to_typed(namespace, "anyURI")))
    return tuple(sorted(set(notes.statements)))


def _tally(
    documents: Mapping[str, Census], shared: Iterable[Statement], graphs: Mapping[str, Descriptions]
) -> dict[str, tuple[tuple[str, str], Tally]]:
    """Return title and counts of each part of the dataset by its IRI."""
    common = group(Statement("", *said) for census in documents.values() for said in census.common)
    facts = [census.facts for census in documents.values()]
    evidence = [census.evidence for census in documents.values()]
    tallies = {
        extend(DATASET, "facts"): (_FACTS, reduce(Tally.__add__, facts, count(group(shared).get("", {})))),
        extend(DATASET, "evidence"): (_EVIDENCE, reduce(Tally.__add__, evidence, count(common.get("", {})))),
    }
    for graph in sorted(graphs):
        name = graph[1:-1].rpartition("/")[2]
        tallies[graph[1:-1]] = (_GRAPHS.get(name, (name, name)), count(graphs[graph]))
    return tallies


def _describe_whole(
    notes: _Notes,
    documents: Mapping[str, Census],
    tallies: Mapping[str, tuple[tuple[str, str], Tally]],
    version: str,
) -> None:
    software, activity = mint("software", "zhinan", version), extend(DATASET, "build")
    used = {term for _, tally in tallies.values() for term in (*tally.properties, *tally.classes)}
    notes.say(
        DATASET,
        ("rdf:type", notes.term("dcat:Dataset")),
        ("rdf:type", notes.term("void:Dataset")),
        *_both("dcterms:title", _TITLE),
        *_both("dcterms:description", _DESCRIPTION),
        *_both("dcterms:rights", _RIGHTS),
        ("dcterms:conformsTo", to_iri(BASE + "ontology")),
        ("void:uriSpace", to_string(BASE)),
        ("void:documents", to_integer(len(documents))),
        ("void:triples", to_integer(sum(tally.triples for _, tally in tallies.values()))),
        *(("void:subset", to_iri(part)) for part in tallies),
        *(("void:vocabulary", to_iri(name)) for name in PREFIXES.values() if _is_used(name, used)),
        *(("void:exampleResource", to_iri(mint("call", document))) for document in sorted(documents)[:1]),
        ("prov:wasGeneratedBy", to_iri(activity)),
    )
    notes.say(
        activity,
        ("rdf:type", notes.term("prov:Activity")),
        ("prov:wasAssociatedWith", to_iri(software)),
        *(("prov:used", to_iri(mint("document", document))) for document in documents),
    )
    agent = ("rdf:type", notes.term("prov:SoftwareAgent"))
    notes.say(software, agent, ("schema:softwareVersion", to_string(version)))


def _is_used(namespace: str, terms: Iterable[str]) -> bool:
    return any(term.startswith(f"<{namespace}") for term in terms)


def _both(name: str, texts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(name, to_string(texts[0], "zh")), (name, to_string(texts[1], "en"))]


def _describe_part(notes: _Notes, part: str, titles: tuple[str, str], tally: Tally) -> None:
    notes.say(
        part,
        ("rdf:type", notes.term("void:Dataset")),
        *_both("dcterms:title", titles),
        ("void:triples", to_integer(tally.triples)),
        ("void:distinctSubjects", to_integer(tally.subjects)),
        ("void:entities", to_integer(tally.entities)),
        ("void:classes", to_integer(len(tally.classes))),
        ("void:properties", to_integer(len(tally.properties))),
    )
    if part in (BASE + "graph/ontology", BASE + "graph/schemes"):
        notes.say(part, ("dcterms:license", to_iri(_APACHE)))
    partitions = (("class", "entities", tally.classes), ("property", "triples", tally.properties))
    for kind, measure, counts in partitions:
        for term, number in counts.items():
            partition = extend(part, kind, _shorten(term))
            notes.say(part, (f"void:{kind}Partition", to_iri(partition)))
            notes.say(partition, (f"void:{kind}", term), (f"void:{measure}", to_integer(number)))


def _shorten(term: str) -> str:
    """Return a term by its prefix: `zn:Call`; a partition is named by it."""
    iri = term[1:-1]
    found = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    namespace, prefix = max(found, default=("", ""), key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else iri


def _find_linksets(graphs: Mapping[str, Descriptions]) -> dict[tuple[str, str], int]:
    """Count the matches of our concepts with those of others, by mapping property and the prefix of the others."""
    kinds = {to_iri(f"{PREFIXES['skos']}{name}"): name for name in _MAPPINGS}
    found: dict[tuple[str, str], int] = {}
    for predicate, object_ in _iter_pairs(graphs.get(to_iri(BASE + "graph/schemes"), {})):
        if predicate in kinds and not object_.startswith(f"<{BASE}"):
            linkset = kinds[predicate], _shorten(object_).partition(":")[0]
            found[linkset] = found.get(linkset, 0) + 1
    return dict(sorted(found.items()))


def _iter_pairs(descriptions: Descriptions) -> Iterator[tuple[str, str]]:
    return chain.from_iterable(said for said in descriptions.values() if isinstance(said, dict))


def _describe_linkset(notes: _Notes, kind: str, prefix: str, links: int) -> None:
    linkset, schemes = extend(DATASET, "linkset", kind, prefix), BASE + "graph/schemes"
    target = extend(DATASET, "target", prefix)
    notes.say(schemes, ("void:subset", to_iri(linkset)))
    notes.say(
        linkset,
        ("rdf:type", notes.term("void:Linkset")),
        ("void:subjectsTarget", to_iri(schemes)),
        ("void:objectsTarget", to_iri(target)),
        ("void:linkPredicate", notes.term(f"skos:{kind}")),
        ("void:triples", to_integer(links)),
    )
    notes.say(target, ("rdf:type", notes.term("void:Dataset")), ("void:uriSpace", to_string(PREFIXES[prefix])))


def _describe_file(notes: _Notes, file: File) -> None:
    distribution = extend(DATASET, "distribution", *file.name.split("/"))
    name = file.name.rpartition("/")[2].removesuffix(".nq")
    shard = (f"{name}的陈述", f"The statements of {name}", "application/n-quads")
    *titles, media = _FILES.get(file.name, shard)
    notes.say(DATASET, ("dcat:distribution", to_iri(distribution)))
    notes.say(
        distribution,
        ("rdf:type", notes.term("dcat:Distribution")),
        ("dcterms:identifier", to_string(file.name)),
        *_both("dcterms:title", (titles[0], titles[1])),
        ("dcat:mediaType", to_iri(_MEDIA + (media or "text/plain"))),
        *([] if media else [("dcterms:conformsTo", to_iri(_JSON_LINES))]),
    )
    if not file.sha256:
        notes.say(distribution, *_both("dcterms:description", _NO_CHECKSUM))
        return
    checksum = extend(distribution, "sha256")
    size = ("dcat:byteSize", to_typed(str(file.size), "nonNegativeInteger"))
    notes.say(distribution, size, ("spdx:checksum", to_iri(checksum)))
    notes.say(
        checksum,
        ("rdf:type", notes.term("spdx:Checksum")),
        ("spdx:algorithm", to_iri(_SHA256)),
        ("spdx:checksumValue", to_typed(file.sha256, "hexBinary")),
    )
