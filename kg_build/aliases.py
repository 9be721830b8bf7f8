"""Names that a person says are one: `aliases.toml` beside the sources.

    [agreements]
    "中日政府间科技合作协定" = "中华人民共和国政府和日本国政府科技合作协定"

In: the files of the source folders, and the vocabulary, whose schemes list names too. Out:
`Identities`. A line is a merge, and to delete the line is to undo it. This module refuses what
cannot be meant; whether a name is anybody's is told when all documents are read.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg_build.identities import KINDS, Identities, head, index_schemes, name_thing
from ontology.errors import RuleError
from ontology.vocabulary import Vocabulary, read_vocabulary

__all__ = ["FILE", "Alias", "Aliases", "read_aliases", "to_identities"]

FILE = "aliases.toml"


@dataclass(frozen=True, slots=True)
class Alias:
    """One line: `name` is another name of `of`, both without layout. `place` is the file and the line."""

    kind: str
    name: str
    of: str
    place: str

    @property
    def spot(self) -> str:
        """Return the file's name and the line: a finding must not tell where a folder is."""
        return Path(self.place).name


@dataclass(frozen=True, slots=True)
class Aliases:
    """All lines of all files, each name once, in the order of kinds and names."""

    lines: tuple[Alias, ...] = ()

    def fingerprint(self) -> str:
        """Return a hash of what the lines say, "" for none; the files and the order of lines do not matter."""
        if not self.lines:
            return ""
        said = [(line.kind, line.name, line.of) for line in self.lines]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def read_aliases(folders: Iterable[Path]) -> Aliases:
    """Read the aliases of the folders that have any.

    Raises RuleError, with file and line, for a file that is no TOML, a kind or a value that there is
    not, and a name that stands for two things or for itself.
    """
    found: dict[str, Alias] = {}
    for folder in sorted({folder.resolve() for folder in folders}):
        for alias in _read_file(folder / FILE):
            other = found.setdefault(name_thing(alias.kind, alias.name), alias)
            if name_thing(other.kind, other.of) != name_thing(alias.kind, alias.of):
                raise RuleError(
                    f"{alias.name} is another name of two things: {other.of}, {alias.of}",
                    where=f"{other.place}, {alias.place}",
                    right="one line for a name",
                )
    return Aliases(tuple(sorted(found.values(), key=lambda alias: (alias.kind, alias.name))))


def to_identities(aliases: Aliases, vocabulary: Vocabulary) -> Identities:
    """Join the names that the schemes list with the aliases; an alias comes before a scheme.

    Raises RuleError for aliases that lead back to where they began.
    """
    if vocabulary is read_vocabulary():
        return _own_identities(aliases)
    return _join(aliases, vocabulary)


@lru_cache(maxsize=4)
def _own_identities(aliases: Aliases) -> Identities:
    """Join aliases with our own schemes once for all documents."""
    return _join(aliases, read_vocabulary())


def _join(aliases: Aliases, vocabulary: Vocabulary) -> Identities:
    listed, concepts = index_schemes(vocabulary)
    said = {name_thing(alias.kind, alias.name): alias for alias in aliases.lines}
    names = {iri: _follow(name, iri, said, listed) for iri, name in listed.items() if iri not in said}
    names |= {iri: _follow(alias.of, iri, said, listed) for iri, alias in said.items()}
    resolved = {iri: names.get(name_thing("agencies", name), name) for iri, name in concepts.items()}
    return Identities(names, resolved, frozenset(said))


def _follow(name: str, start: str, said: Mapping[str, Alias], listed: Mapping[str, str]) -> str:
    """Return the last name of the way from name to name that begins at `start`, whose next is `name`."""
    kind = next(kind for kind, segment in KINDS.items() if f"/{segment}/" in start)
    passed = {start} if start in said else set()
    if start in said and name_thing(kind, name) == start and name != said[start].name:
        return name  # the two differ in layout alone: the line says which of them is shown
    while True:
        iri = name_thing(kind, name)
        if iri in passed:
            alias = said.get(iri) or said[start]
            raise RuleError(f"{alias.name} is another name of itself", where=alias.place, right="no circle of names")
        passed.add(iri)
        following = said[iri].of if iri in said else listed.get(iri, name)
        if following == name:
            return name
        name = following


def _read_file(path: Path) -> Sequence[Alias]:
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"cannot be read: {error}", where=str(path), right='[agreements] "name" = "name"') from error
    return [
        _to_alias(kind, name, of, path, text) for kind, names in tables.items() for name, of in _rows(path, kind, names)
    ]


def _rows(path: Path, kind: str, names: object) -> Sequence[tuple[str, object]]:
    if kind not in KINDS or not isinstance(names, Mapping):
        raise RuleError(f"{kind} is no kind of things with names", where=str(path), right=f"one of {' '.join(KINDS)}")
    return tuple(names.items())


def _to_alias(kind: str, name: str, of: object, path: Path, text: str) -> Alias:
    place = f"{path}:{_line(text, name)}"
    if not isinstance(of, str) or not all(head(kind, one).strip("《》“” ") for one in (name, of)):
        raise RuleError(f"{kind}: {name!r} = {of!r}", where=place, right="a name on either side, in quotes")
    return Alias(kind, head(kind, name), head(kind, of), place)


def _line(text: str, name: str) -> int:
    """Return the number of the first line that begins with the key."""
    keys = (name, f'"{name}"', f"'{name}'", json.dumps(name, ensure_ascii=False), json.dumps(name))
    lines = (number for number, line in enumerate(text.splitlines(), start=1) if line.strip().startswith(keys))
    return next(lines, 1)
