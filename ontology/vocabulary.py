"""Load what can be said: the terms of `zhinan.ttl` and the concepts of `schemes/*.ttl`.

In: the Turtle files of this room. Out: a `Vocabulary` of values that never change.
It refuses to know: how texts are matched against labels, and how facts become quads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal as OneOf

import pyoxigraph as ox

from ontology.errors import TermError
from ontology.namespaces import BASE as BASE
from ontology.namespaces import ZN as ZN

FOLDER = Path(__file__).parent
PREFIXES: Mapping[str, str]  # read from zhinan.ttl when first asked for, see __getattr__

LabelKind = OneOf["pref", "alt", "hidden"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL = "http://www.w3.org/2002/07/owl#"
_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SHACL = "http://www.w3.org/ns/shacl#"
_DECLARED = frozenset(
    [
        _OWL + "Class",
        _OWL + "ObjectProperty",
        _OWL + "DatatypeProperty",
        _OWL + "AnnotationProperty",
        _RDF + "Property",
        "http://www.w3.org/2000/01/rdf-schema#Datatype",
    ]
)
_LABELS: tuple[tuple[LabelKind, str], ...] = (
    ("pref", _SKOS + "prefLabel"),
    ("alt", _SKOS + "altLabel"),
    ("hidden", _SKOS + "hiddenLabel"),
)
# subject → predicate → objects, in the order of the file
_Facts = Mapping[str, Mapping[str, list[ox.NamedNode | ox.Literal]]]


@dataclass(frozen=True, slots=True)
class Label:
    """One name of a concept in one language."""

    text: str
    language: str
    kind: LabelKind


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a scheme: a country, a field, a requirement code …

    `type` is the IRI of its zn: class; `broader`, `members` and `broad_match` are IRIs. `short_forms` are
    single characters that mean the concept only beside another one (美 in 中美). `excluded_forms` are longer
    strings in which a label stands by chance (海地 in 沿海地区): who finds one must not report the concept.
    """

    iri: str
    type: str
    scheme: str
    notation: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    broad_match: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    excluded_forms: tuple[str, ...] = ()

    @property
    def zh(self) -> str:
        """Return the Chinese name that is shown."""
        return self._preferred("zh")

    @property
    def en(self) -> str:
        """Return the English name that is shown."""
        return self._preferred("en")

    def _preferred(self, language: str) -> str:
        for label in self.labels:
            if label.kind == "pref" and label.language == language:
                return label.text
        raise TermError(f"no prefLabel @{language}", where=self.iri, right=f"one skos:prefLabel @{language}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All declared terms, prefixes and concepts.

    `terms` maps `prefix:name` to the IRI, for our own terms and for those we reuse.
    """

    prefixes: Mapping[str, str]
    terms: Mapping[str, str]
    schemes: Mapping[str, Mapping[str, Concept]]

    def term(self, name: str) -> str:
        """Return the IRI of a declared term; raise TermError, with the nearest name, for any other.

        >>> read_vocabulary().term("zn:partner")
        'https://w3id.org/zhinan/ontology#partner'
        """
        iri = self.terms.get(name)
        if iri is not None:
            return iri
        prefix = name.partition(":")[0]
        if prefix not in self.prefixes:
            right = _nearest(prefix, self.prefixes)
            raise TermError(f"{name}: its prefix is not declared", where="zhinan.ttl", right=right)
        raise TermError(f"{name} is not declared", where="zhinan.ttl", right=_nearest(name, self.terms))

    def concepts(self, scheme: str) -> tuple[Concept, ...]:
        """Return the concepts of a scheme, ordered by notation."""
        return tuple(self._scheme(scheme).values())

    def find_concept(self, scheme: str, notation: str) -> Concept | None:
        """Return the concept with this code, or None."""
        return self._scheme(scheme).get(notation)

    def get_concept(self, scheme: str, notation: str) -> Concept:
        """Return the concept with this code; raise TermError, with the nearest code, when there is none."""
        concepts = self._scheme(scheme)
        if notation in concepts:
            return concepts[notation]
        raise TermError(
            f"{notation} is no code of {scheme}", where=f"schemes/{scheme}.ttl", right=_nearest(notation, concepts)
        )

    def _scheme(self, scheme: str) -> Mapping[str, Concept]:
        if scheme in self.schemes:
            return self.schemes[scheme]
        known = " ".join(sorted(self.schemes))
        raise TermError(f"{scheme} is no scheme", where="ontology/schemes", right=f"one of {known}")


def read_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read `zhinan.ttl` and `schemes/*.ttl` of a folder; of this room, once, when none is given."""
    return _own_vocabulary() if folder is None else _read_folder(folder)


@cache
def read_terms() -> Vocabulary:
    """Read `zhinan.ttl` of this room alone, once: prefixes and terms, no concepts.

    Reading the schemes takes ten times as long, and a question needs none of them.
    """
    facts = _read_facts(FOLDER / "zhinan.ttl")
    prefixes = _to_prefixes(facts)
    return Vocabulary(prefixes, _to_terms(facts, prefixes), MappingProxyType({}))


def __getattr__(name: str) -> Mapping[str, str]:
    if name == "PREFIXES":
        return read_terms().prefixes
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _own_vocabulary() -> Vocabulary:
    return _read_folder(FOLDER)


def _read_folder(folder: Path) -> Vocabulary:
    facts = _read_facts(folder / "zhinan.ttl")
    prefixes = _to_prefixes(facts)
    schemes: dict[str, dict[str, Concept]] = defaultdict(dict)
    for path in sorted((folder / "schemes").glob("*.ttl")):
        for concept in _to_concepts(_read_facts(path), path):
            other = schemes[concept.scheme].setdefault(concept.notation, concept)
            if other is not concept:
                raise TermError(
                    f"{concept.notation} names two concepts",
                    where=f"{path.name}: {other.iri}, {concept.iri}",
                    right="a notation is unique in its scheme",
                )
    ordered = {name: MappingProxyType(dict(sorted(concepts.items()))) for name, concepts in sorted(schemes.items())}
    return Vocabulary(prefixes, _to_terms(facts, prefixes), MappingProxyType(ordered))


def _read_facts(path: Path) -> _Facts:
    facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                facts[quad.subject.value][quad.predicate.value].append(quad.object)
    except (SyntaxError, OSError) as error:
        raise TermError(f"cannot be read: {error}", where=str(path), right="a Turtle file in UTF-8") from error
    return facts


def _to_prefixes(facts: _Facts) -> Mapping[str, str]:
    prefixes = {
        about[_SHACL + "prefix"][0].value: about[_SHACL + "namespace"][0].value
        for about in facts.values()
        if _SHACL + "prefix" in about and _SHACL + "namespace" in about
    }
    return MappingProxyType(dict(sorted(prefixes.items())))


def _to_terms(facts: _Facts, prefixes: Mapping[str, str]) -> Mapping[str, str]:
    """Name what is declared, or said to be defined elsewhere: OWL 2 DL lets rdf:, rdfs: and owl: not be declared."""
    terms = {}
    for iri, about in facts.items():
        if _DEFINED_BY not in about and not any(kind.value in _DECLARED for kind in about.get(_RDF + "type", [])):
            continue
        for prefix, namespace in prefixes.items():
            name = iri.removeprefix(namespace)
            if name != iri and "/" not in name and "#" not in name:
                terms[f"{prefix}:{name}"] = iri
    return MappingProxyType(dict(sorted(terms.items())))


def _to_concepts(facts: _Facts, path: Path) -> Iterable[Concept]:
    for iri, about in facts.items():
        kinds = [kind.value for kind in about.get(_RDF + "type", [])]
        if _SKOS + "Concept" not in kinds:
            continue
        own = [kind for kind in kinds if kind.startswith(ZN)]
        scheme, notation = about.get(_SKOS + "inScheme", []), about.get(_SKOS + "notation", [])
        if not (len(own) == len(scheme) == len(notation) == 1):
            raise TermError(
                "a concept is incomplete",
                where=f"{path.name}: {iri}",
                right="one zn: class, one skos:inScheme, one skos:notation",
            )
        yield Concept(
            iri=iri,
            type=own[0],
            scheme=scheme[0].value.rpartition("/")[2],
            notation=notation[0].value,
            labels=_to_labels(about),
            broader=_values(about, _SKOS + "broader"),
            members=_values(about, ZN + "member"),
            broad_match=_values(about, _SKOS + "broadMatch"),
            short_forms=_values(about, ZN + "shortForm"),
            excluded_forms=_values(about, ZN + "excludedForm"),
        )


def _to_labels(about: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> tuple[Label, ...]:
    return tuple(
        Label(value.value, value.language or "", kind)
        for kind, predicate in _LABELS
        for value in about.get(predicate, [])
        if isinstance(value, ox.Literal)
    )


def _values(about: Mapping[str, list[ox.NamedNode | ox.Literal]], predicate: str) -> tuple[str, ...]:
    return tuple(value.value for value in about.get(predicate, []))


def _nearest(name: str, known: Iterable[str]) -> str:
    """Suggest a known name; a property for a property, a class for a class: their case tells them apart."""
    from difflib import get_close_matches

    prefix, _, local = name.rpartition(":")
    alike = [other for other in known if other.startswith(prefix) and _is_class(other) == local[:1].isupper()]
    near = get_close_matches(name, alike, n=1, cutoff=0.0)
    return f"{near[0]}?" if near else "nothing like it is declared"


def _is_class(name: str) -> bool:
    return name.rpartition(":")[2][:1].isupper()
