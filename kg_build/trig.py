"""TriG: statements for people, in blocks with short names.

In: descriptions as N-Quads terms. Out: text, the same for the same descriptions. It is written as
text, like N-Quads, so that each document's part can be made where the document was read. This
module does not know what a statement means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg_build.descriptions import Description, Descriptions, Form, Pair
from ontology.vocabulary import PREFIXES

__all__ = ["Writer", "to_head"]

_LOCAL = re.compile(r"[A-Za-z0-9_\u3400-\u9fff][A-Za-z0-9_\-\u3400-\u9fff]*")
"""A name that may stand behind a prefix; others would need escapes."""
_TYPED = re.compile(r'"(.*)"\^\^(<http://www\.w3\.org/2001/XMLSchema#(\w+)>)')
_BARE = {
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?\d*\.\d+"),
    "boolean": re.compile("true|false"),
}
"""Literals that TriG writes without quotes and datatype."""
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def to_head() -> str:
    """Return the declarations of all prefixes."""
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(PREFIXES))


class Writer:
    """Writes blocks and sections; how a term or a form is written is remembered from block to block."""

    def __init__(self) -> None:
        self._names = _Names()
        self._forms: dict[Form, str] = {}

    def to_block(self, subject: str, description: Description, *, indent: str = "") -> str:
        """Write what is said of a subject, a line for each predicate."""
        name = self._names[subject]
        if isinstance(description, dict):
            return f"{indent}{name} {self._join(sorted(description), indent)}"
        form, objects = description
        template = self._forms.get(form)
        if template is None:
            template = self._forms[form] = f"{indent}{{0}} {self._join(form.slots(), indent)}"
        return template.format(name, *map(self._names.__getitem__, objects))

    def to_section(self, graph: str, descriptions: Descriptions) -> str:
        """Write a named graph, sorted."""
        blocks = (self.to_block(subject, descriptions[subject], indent="\t") for subject in sorted(descriptions))
        return f"{self._names[graph]} {{\n{''.join(blocks)}}}\n"

    def _join(self, pairs: Iterable[Pair], indent: str) -> str:
        names, parts, last = self._names, list[str](), ""
        for predicate, object_ in pairs:
            if predicate == last:
                parts.append(f" , {names[object_]}")
                continue
            begin = f" ;\n\t{indent}" if last else ""
            parts.append(f"{begin}{'a' if predicate == _TYPE else names[predicate]} {names[object_]}")
            last = predicate
        return f"{''.join(parts)} .\n"


class _Names(dict[str, str]):
    """How each term is written; what was asked for once is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self._prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()}

    def __missing__(self, term: str) -> str:
        write = self._shorten if term[0] == "<" else self._write_literal
        name = self[term] = write(term)
        return name

    def _shorten(self, iri: str) -> str:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[1:end])
        return f"{prefix}:{iri[end:-1]}" if prefix and _LOCAL.fullmatch(iri, end, len(iri) - 1) else iri

    def _write_literal(self, literal: str) -> str:
        match = _TYPED.fullmatch(literal) if literal[-1] == ">" else None
        if match is None:
            return literal
        text, datatype, name = match.groups()
        bare = _BARE.get(name)
        return text if bare is not None and bare.fullmatch(text) else f'"{text}"^^{self[datatype]}'
