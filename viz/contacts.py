"""A report without personal data: contacts are left out of the facts, and blacked out in quotes and texts.

What was read as a contact is known by its place; e-mail addresses and phone numbers that nobody read are found by form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from queries.answers import Term
from viz.facts import Claim, Facts, Quote
from viz.sources import Text

__all__ = ["leave_out_contacts", "mask_text"]

BLACK = "■"
_FORMS = re.compile(
    r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\d.])(?:\+\d{1,3}[-\s]?)?(?:\(?0\d{2,3}\)?[-\s]?)\d{7,8}(?!\d)"
    r"|(?<![\d.])1[3-9]\d{9}(?!\d)"
    r"|\+\d{1,3}[-\s\d()]{6,}\d"
)


def leave_out_contacts(facts: Facts) -> Facts:
    """Return the facts without contacts, their claims, and their words in any quote."""
    contacts = set(facts.of_class("Contact"))
    places = {name: _places(facts, name) for name in facts.documents}
    claims: dict[tuple[str, str, Term], tuple[Claim, ...]] = {}
    for key, found in facts.claims.items():
        if not _is_personal(found[0], contacts):
            claims[key] = tuple(replace(one, quote=_mask_quote(one.quote, places)) for one in found)
    objects = {
        subject: {name: terms for name, terms in said.items() if name != "zn:contact"}
        for subject, said in facts.objects.items()
        if subject not in contacts
    }
    users = {
        thing: {
            name: kept
            for name, subjects in used.items()
            if (kept := tuple(one for one in subjects if one not in contacts))
        }
        for thing, used in facts.users.items()
        if thing not in contacts
    }
    return replace(facts, objects=objects, users=users, claims=claims)


def mask_text(facts: Facts, document: str, text: Text) -> Text:
    """Black out, character for character, what a document says of persons."""
    return replace(text, raw=_mask(text.raw, 0, _places(facts, document))) if text.raw else text


def _is_personal(claim: Claim, contacts: set[str]) -> bool:
    return claim.subject in contacts or claim.property == "zn:contact"


def _places(facts: Facts, document: str) -> set[int]:
    """Return the places of all characters that were read as part of a contact."""
    contacts = set(facts.of_class("Contact"))
    return {
        place
        for claim in facts.iter_claims(document)
        if _is_personal(claim, contacts)
        for place in range(claim.quote.start, claim.quote.end)
    }


def _mask_quote(quote: Quote, places: Mapping[str, set[int]]) -> Quote:
    known = places.get(quote.document, set())
    whole = _mask(quote.prefix + quote.exact + quote.suffix, quote.start - len(quote.prefix), known)
    first, last = len(quote.prefix), len(quote.prefix) + len(quote.exact)
    return replace(quote, prefix=whole[:first], exact=whole[first:last], suffix=whole[last:])


def _mask(text: str, start: int, places: Iterable[int]) -> str:
    known = set(places)
    seen = "".join(BLACK if start + at in known and not one.isspace() else one for at, one in enumerate(text))
    return _FORMS.sub(lambda found: BLACK * len(found[0]), seen)
