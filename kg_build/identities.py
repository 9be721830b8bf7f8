"""Which thing a name names: one node for all the spellings of an agency, agreement, programme, contact or keyword.

In: a name as a document prints it. Out: the IRI and the one name of the thing. Spellings that differ
in layout alone are one; others only where the schemes or a file of aliases say so. Nothing else is
merged, and no document is looked at: the same name is the same thing in every build.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg_build.iris import mint
from ontology.vocabulary import Vocabulary

__all__ = ["KINDS", "Identities", "Identity", "head", "index_schemes", "name_thing"]

KINDS: Mapping[str, str] = {
    "programmes": "programme",
    "agencies": "agency",
    "agreements": "agreement",
    "contacts": "contact",
    "keywords": "keyword",
}
"""The keys of the record table whose values are names of shared things, with how their IRIs begin."""

_LISTED = ("agencies", "agreements")
"""The kinds that have a scheme, of the same name."""

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_BLANKS = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_DASHES = re.compile(r"(?<![A-Za-z])\s*[\u2010-\u2015\u2212\uff0d-]+\s*(?![A-Za-z])")
_MARKED = re.compile(r"《[^《》]+》")
_FULL = str.maketrans("(),:;!?", "（），：；！？")


@dataclass(frozen=True, slots=True)
class Identity:
    """A thing with its one name; `met` is the name that was looked up, without its layout."""

    iri: str
    name: str
    met: str


@dataclass(frozen=True, slots=True)
class Identities:
    """The names that stand for others: by the IRI that a name would have, the name of the thing that it names.

    `concepts` has the names of the things that the schemes list, by the concept; `said` are those of
    `names` that a person has written.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[str, str] = field(default_factory=dict)
    said: frozenset[str] = frozenset()

    def identify(self, kind: str, name: str, concept: str | None = None) -> Identity:
        """Return what a name names; `concept` is that of the listed name which a reader found there.

        >>> Identities().identify("agreements", "《中国 - 南非科技合作协定(2020)》").name
        '中国—南非科技合作协定（2020）'
        """
        met = head(kind, name)
        own = name_thing(kind, met)
        listed = None if own in self.said or concept is None else self.concepts.get(concept)
        known = self.names.get(own, met) if listed is None else listed
        return Identity(name_thing(kind, known), known, met)


def name_thing(kind: str, name: str) -> str:
    """Make the IRI of a thing of a kind from a name."""
    return mint(KINDS[kind], name)


def head(kind: str, name: str) -> str:
    """Take the layout out of a name: what two prints of one name may differ in.

    White space beside a Chinese character, width, 《》 around it; the dashes of agencies and agreements
    and the quotes of programmes and keywords too. An e-mail address has no capitals.
    """
    plain = " ".join(unicodedata.normalize("NFKC", name).split())
    if kind == "contacts":
        return plain.lower() if "@" in plain else plain
    plain = _BLANKS.sub("", plain)
    if _MARKED.fullmatch(plain):
        plain = plain[1:-1]
    if kind in _LISTED:
        plain = _DASHES.sub("—", plain)
    if kind in ("programmes", "keywords"):
        plain = re.sub('[“”"]', "", plain)
    return _quoted(plain).translate(_FULL) if re.search(rf"[{_HAN}]", plain) else plain


def _quoted(name: str) -> str:
    """Make straight quotes curly where they come in pairs."""
    pieces = name.split('"')
    if len(pieces) % 2 == 0:
        return name
    marks = ("", *("“", "”") * (len(pieces) // 2))
    return "".join(mark + piece for mark, piece in zip(marks, pieces, strict=True))


def index_schemes(vocabulary: Vocabulary) -> tuple[dict[str, str], dict[str, str]]:
    """Return the Chinese names that the schemes list, by the IRI each would have, and the names of the concepts.

    A label that two concepts share says nothing and is left out.
    """
    names: dict[str, str] = {}
    concepts: dict[str, str] = {}
    for kind in _LISTED:
        owners: dict[str, set[str]] = {}
        for concept in vocabulary.concepts(kind) if kind in vocabulary.schemes else ():
            concepts[concept.iri] = concept.zh
            for label in concept.labels:
                if label.language == "zh":
                    owners.setdefault(name_thing(kind, head(kind, label.text)), set()).add(concept.zh)
        names |= {iri: next(iter(own)) for iri, own in owners.items() if len(own) == 1}
    return names, concepts
