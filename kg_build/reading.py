"""One guide from file to record: the order in which the readers are called.

In: the path of a source. Out: a `Reading`: the text, the call with its directions, and what does
not add up. This module reads nothing itself and does not know how facts are stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kg_build.documents import Document, read_document
from kg_build.fields.agencies import read_agencies
from kg_build.fields.agreements import read_agreements
from kg_build.fields.calls import read_call_facts
from kg_build.fields.contacts import read_call_contacts, read_contacts
from kg_build.fields.countries import read_min_partner_countries
from kg_build.fields.counts import read_projects
from kg_build.fields.envelopes import read_envelopes
from kg_build.fields.fields import read_fields
from kg_build.fields.indicators import read_indicators
from kg_build.fields.keywords import read_keywords
from kg_build.fields.measures import read_measures
from kg_build.fields.money import read_budget, read_project_budget
from kg_build.fields.partners import read_partner_members, read_partners
from kg_build.fields.requirements import read_call_requirements, read_requirements
from kg_build.fields.terms import read_duration
from kg_build.fields.titles import read_title
from kg_build.fields.topics import read_open_topic, read_topics
from kg_build.fields.urls import read_urls
from kg_build.findings import Finding
from kg_build.plausibility import find_doubts
from kg_build.recognisers import index_names
from kg_build.records import Call, Direction
from kg_build.rules import Rulebook
from kg_build.sections import Section, split_sections
from kg_build.slots import SUBDIRECTION, Block, read_block, read_margins, read_subdirections
from kg_build.spans import Recogniser, SpanIndex, Value
from kg_build.text import Text, clean
from ontology.vocabulary import Vocabulary

__all__ = ["Reading", "read_call", "read_guide", "read_text"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one document."""

    text: Text
    call: Call
    findings: tuple[Finding, ...]


def read_guide(
    path: Path, vocabulary: Vocabulary, rulebook: Rulebook, *, pipeline: Recogniser | None = None
) -> Reading:
    """Read one guide; DocumentError where the file is no text, findings where the text is in doubt.

    `pipeline` is a trained pipeline from `load_pipeline`.
    """
    return read_text(read_document(path), vocabulary, rulebook, pipeline=pipeline)


def read_text(
    document: Document, vocabulary: Vocabulary, rulebook: Rulebook, *, pipeline: Recogniser | None = None
) -> Reading:
    """Read a guide that is in memory already."""
    text = clean(document, rulebook)
    root = split_sections(text, rulebook)
    call, blocks = read_call(text, root, index_names(text.text, vocabulary, pipeline=pipeline), rulebook)
    return Reading(text, call, find_doubts(text, call, blocks))


def read_call(text: Text, root: Section, names: SpanIndex, rulebook: Rulebook) -> tuple[Call, tuple[Block, ...]]:
    """Return the call with all its directions in document order, and the blocks they were read from."""
    margins = read_margins(text, root, rulebook, names)
    directions: list[Direction] = []
    blocks: list[Block] = []
    for top in root.children:
        section = top.number if top.kind == "field" else None
        for part in top.children if top.kind == "field" else (top,):
            own_part = replace(part, end=part.children[0].start) if part.children else part
            block = read_block(text, own_part, rulebook, names, top.title_span if section else None)
            subdirections = [
                read_block(text, sub, rulebook, names, part.title_span)
                for sub in part.children or read_subdirections(block)
            ]
            own = _without(block, subdirections)
            directions.append(_read_direction(own, None, section))
            directions += [_read_direction(sub, part.number, section) for sub in subdirections]
            blocks += [own, *subdirections]
    call = replace(
        read_call_facts(text, root, margins),
        requirements=read_call_requirements(margins),
        contacts=read_call_contacts(margins),
        directions=tuple(directions),
    )
    return call, tuple(blocks)


def _without(block: Block, subdirections: list[Block]) -> Block:
    """Rename the slots that lie in sub-directions, so that their direction does not read them as its own."""
    if not subdirections:
        return block
    inside = [(sub.section.start, sub.section.end) for sub in subdirections]
    slots = (
        replace(slot, name=SUBDIRECTION)
        if slot.name != "topics" and any(start <= slot.start < end for start, end in inside)
        else slot
        for slot in block.slots
    )
    return replace(block, slots=tuple(slots))


def _read_direction(block: Block, parent: str | None, section: str | None) -> Direction:
    number, span = block.section.number, block.section.number_span
    assert number is not None, "a direction has a number"
    assert span is not None
    title, research_type = read_title(block)
    return Direction(
        number=Value(number, span),
        parent=parent,
        title=title,
        section=section,
        research_type=research_type,
        partners=read_partners(block),
        partner_members=read_partner_members(block),
        min_partner_countries=read_min_partner_countries(block),
        agreements=read_agreements(block),
        agencies=read_agencies(block),
        topics=read_topics(block),
        open_topic=read_open_topic(block),
        projects=read_projects(block),
        budget_cny=read_budget(block),
        envelopes=read_envelopes(block),
        project_budget_cny=read_project_budget(block),
        duration_years=read_duration(block),
        contacts=read_contacts(block),
        urls=read_urls(block),
        requirements=read_requirements(block),
        keywords=read_keywords(block),
        fields=read_fields(block),
        indicators=read_indicators(block),
        measures=read_measures(block),
    )
