"""Which words of a source an item of a record rests on, or should have been read from.

In: an item as it was compared, the record that holds it, the `Source`. Out: the quotes of an
invented item; the place of a missed one, where its words stand in the text. What it does not find
it does not guess.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

from kg_build.comparisons import DIRECTION_FIELDS, fold, fold_phone, say
from ontology.vocabulary import Concept, read_vocabulary
from zhinan.passages import Quote, Source, find_words
from zhinan.words import Field, read_fields

__all__ = ["find_concept", "find_missed", "find_quotes"]

_SCHEMES = {
    "partners": "partners",
    "partner_members": "partners",
    "requirements": "requirements",
    "call.requirements": "requirements",
    "requirements.value": "requirements",
    "research_type": "research-types",
    "call.stage": "stages",
    "fields": "fields",
}
"""Fields that hold codes, each with the scheme that names them."""
_NAMED_IN_TEXT = ("partners", "partner_members")
"""Fields whose codes stand in a text by their labels."""
_OF_THEIR_SUBJECT = ("year", "value")
"""Properties whose value alone does not tell which item it belongs to."""


def find_concept(field: str, item: Hashable) -> Concept | None:
    """Return the concept that an item's code stands for, where its field holds codes."""
    code = item[0] if isinstance(item, tuple) else item
    return _read_codes(_SCHEMES[field]).get(str(code)) if field in _SCHEMES else None


@cache
def _read_codes(scheme: str) -> Mapping[str, Concept]:
    """Return the concepts of a scheme by their codes, as printed and as items have them."""
    concepts = read_vocabulary().concepts(scheme)
    return {code: concept for concept in concepts for code in (concept.notation, fold(concept.notation))}


def find_quotes(
    source: Source, number: str | None, field: str, item: Hashable, record: Mapping[str, Any]
) -> tuple[Quote, ...]:
    """Return the quotes of an item that was read; all of its field's where the item names none of them."""
    quotes = [quote for quote in source.quotes if _belongs(quote, source, number, read_fields()[field])]
    if field == "measures":
        wanted = _positions(item, record.get("measures") or ())
        return tuple(quote for quote in quotes if quote.value in wanted)
    words = {fold(part) for part in _parts(item)}
    return tuple(quote for quote in quotes if _names(quote, words)) or tuple(quotes)


def _belongs(quote: Quote, source: Source, number: str | None, field: Field) -> bool:
    if quote.property not in field.properties:
        return False
    own = source.name(number)
    if field.of == "record":
        return quote.subject == own
    if field.of == "part":
        return quote.subject.startswith(f"{own}/")
    place = source.find_range(number)
    return place is not None and place[0] <= quote.start < place[1]


def _positions(item: Hashable, measures: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return at which positions of a record's measures, counted from 1, an item stands."""
    take = DIRECTION_FIELDS["measures"]
    return {str(at) for at, measure in enumerate(measures, start=1) if item in take({"measures": [measure]})}


def _names(quote: Quote, words: set[str]) -> bool:
    if not {fold(quote.value).rstrip("/"), fold_phone(quote.value)} & words:
        return False
    return quote.property not in _OF_THEIR_SUBJECT or fold(unquote(re.split("[/#]", quote.subject)[-1])) in words


def _parts(item: Hashable) -> Iterator[str]:
    """Yield the texts and numbers of an item, however deep."""
    if isinstance(item, tuple):
        for part in item:
            yield from _parts(part)
    elif item is not None:
        yield str(item)


def find_missed(source: Source, number: str | None, field: str, item: Hashable) -> tuple[int, int] | None:
    """Return where the words of a missed item stand in the text of its record, None where they do not."""
    place = source.find_range(number)
    if source.raw is None or place is None:
        return None
    found = (find_words(source.raw, *place, words) for words in _words(field, item))
    return next((each for each in found if each is not None), None)


def _words(field: str, item: Hashable) -> Iterator[str]:
    """Yield what to look for, the most telling first; nothing for numbers and codes without words."""
    concept = find_concept(field, item)
    if concept is not None:
        labels = concept.labels if field in _NAMED_IN_TEXT else ()
        yield from (label.text for label in labels if label.language == "zh")
    elif field == "measures" and isinstance(item, tuple):
        yield f"{say(item[1:3]) if item[2] is not None else say(item[1])}{item[3]}"
    elif isinstance(item, str):
        yield item
    elif isinstance(item, tuple):
        yield from (part for part in reversed(item) if isinstance(part, str))
