"""What people add to the sources: the files of aliases and of corrections beside them.

In: the paths of the sources. Out: a `Curation`: what is said of names, what is said of facts, and what
of it fits no document. It is read before anything is built: a file that is broken stops the build
while the old graph stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg_build.aliases import Aliases, read_aliases, to_identities
from kg_build.corrections import Correction, hash_corrections, read_corrections
from kg_build.documents import identify
from kg_build.findings import Finding
from kg_build.identities import Identities, name_thing
from kg_build.judgements import Judgement, apply_corrections, drop_settled
from kg_build.likenesses import Likeness, find_likenesses
from kg_build.mentions import Mention
from kg_build.reading import Reading
from ontology.errors import RuleError
from ontology.vocabulary import BASE, Vocabulary

__all__ = ["Curation", "find_misfits", "propose", "read_curation"]


@dataclass(frozen=True, slots=True)
class Curation:
    """All aliases, and the corrections by the folder of the sources that they are about."""

    aliases: Aliases = field(default_factory=Aliases)
    corrections: Mapping[Path, tuple[Correction, ...]] = field(default_factory=dict)

    def fingerprint(self, path: Path) -> str:
        """Return a hash of all that bears on how a source is read, "" for nothing: with another one it is read again."""
        if not self.aliases.lines and not self.of(path):
            return ""
        said = (self.aliases.fingerprint(), hash_corrections(self.of(path)))
        return hashlib.sha256("".join(said).encode()).hexdigest()

    def of(self, path: Path) -> tuple[Correction, ...]:
        """Return the corrections of a source."""
        document = identify(path)
        return tuple(one for one in self.corrections.get(path.parent.resolve(), ()) if one.document == document)

    def identities(self, vocabulary: Vocabulary) -> Identities:
        """Return which names are of one thing."""
        return to_identities(self.aliases, vocabulary)

    def judge(self, reading: Reading, path: Path) -> tuple[Reading, Judgement]:
        """Return a reading as people have corrected it, and what they did."""
        judgement = apply_corrections(reading.call, self.of(path))
        findings = (*drop_settled(reading.findings, judgement.spans), *judgement.findings)
        return replace(reading, call=judgement.call, findings=findings), judgement


def read_curation(paths: Iterable[Path], vocabulary: Vocabulary) -> Curation:
    """Read what stands beside the sources; raise RuleError for a file that is broken, or aliases that go in a circle."""
    folders = sorted({path.parent.resolve() for path in paths})
    aliases = read_aliases(folders)
    to_identities(aliases, vocabulary)
    return Curation(aliases, {folder: read_corrections(folder, vocabulary) for folder in folders})


def find_misfits(
    curation: Curation, mentions: Mapping[str, Sequence[Mention]], vocabulary: Vocabulary
) -> Iterator[RuleError]:
    """Yield an error for each alias of a thing that nobody names, and each correction of a document that is not there."""
    known = set(to_identities(Aliases(), vocabulary).names)
    known |= {name_thing(one.kind, one.met) for found in mentions.values() for one in found}
    for alias in curation.aliases.lines:
        if name_thing(alias.kind, alias.of) not in known:
            what = f"{alias.name} is to be {alias.of}, which no document and no scheme names"
            yield RuleError(what, where=str(alias.spot), right="a name that the guides or the schemes have")
    for folder, corrections in sorted(curation.corrections.items()):
        there = {identify(path) for path in folder.iterdir() if path.is_file()}
        for one in corrections:
            if one.document not in there:
                yield RuleError("no such document stands beside it", where=str(one.spot), right=f"not {one.document}")


def propose(mentions: Mapping[str, Sequence[Mention]], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield a proposal for each pair of names that may be of one thing."""
    for likeness in find_likenesses(mentions, to_identities(Aliases(), vocabulary), vocabulary):
        message = (
            f"{_where(likeness.kind, likeness.name, mentions)} and {_where(likeness.kind, likeness.other, mentions)} "
            f"may be one ({likeness.why}); if so, aliases.toml: [{likeness.kind}] {_line(likeness)}"
        )
        yield Finding("info", _short(likeness.kind, likeness.other), "identity.near", message)


def _line(likeness: Likeness) -> str:
    return f'"{likeness.other}" = "{likeness.name}"'


def _where(kind: str, name: str, mentions: Mapping[str, Sequence[Mention]]) -> str:
    documents = sorted(
        document for document, found in mentions.items() if any((one.kind, one.name) == (kind, name) for one in found)
    )
    shown = ", ".join(documents[:3]) + (" …" if len(documents) > 3 else "")
    return f"{name} ({shown or 'listed'})"


def _short(kind: str, name: str) -> str:
    return name_thing(kind, name).removeprefix(BASE)
