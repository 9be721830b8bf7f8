"""What a guide says, as statements of the graph.

In: a `Call` with its `Text`, and the vocabulary. Out: a page with every statement once: facts in the
default graph, and in the document's graph the document and the claims. This module alone knows which
property states what; it reads no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version

from kg_build.aliases import Aliases, to_identities
from kg_build.claims import Page
from kg_build.corrections import Correction, JudgedSpan
from kg_build.descriptions import iter_statements
from kg_build.identities import Identities
from kg_build.iris import extend, mint, name_correction, name_person
from kg_build.records import (
    Agreement,
    Call,
    Contact,
    Direction,
    Envelope,
    Measure,
    Requirement,
    Topic,
)
from kg_build.spans import Span, Value
from kg_build.statements import Statement, to_boolean, to_decimal, to_integer, to_iri, to_string, to_typed
from kg_build.text import Text
from ontology.vocabulary import Vocabulary

__all__ = ["mint", "read_version", "to_page", "to_quads"]


@cache
def read_version() -> str:
    """Return the version of Zhinan that is installed."""
    return version("zhinan")


def to_page(
    call: Call,
    text: Text,
    vocabulary: Vocabulary,
    identities: Identities | None = None,
    judged: Iterable[Sequence[JudgedSpan]] = (),
) -> Page:
    """Write every statement of a guide on a page.

    `identities` say which names are of one thing; without them only the schemes do. `judged` are the
    places of facts that a person has judged. Raises TermError for a property, class or code that the
    ontology does not declare.
    """
    known = to_identities(Aliases(), vocabulary) if identities is None else identities
    page = Page(mint("document", call.document), text, vocabulary, known)
    _write_document(page)
    _write_call(page, call)
    for spans in judged:
        if spans[0].correction is not None:
            _write_correction(page, mint("call", call.document), spans, spans[0].correction)
    return page


def to_quads(call: Call, text: Text, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Yield every statement of a guide once, in no promised order; raise what `to_page` raises."""
    yield from iter_statements(to_page(call, text, vocabulary).graphs)


def _write_document(page: Page) -> None:
    document = page.text.document
    software = mint("software", "zhinan", read_version())
    page.describe(
        (
            (page.document, "rdf:type", to_iri(page.vocabulary.term("zn:Document"))),
            (page.document, "zn:fileName", to_string(document.path.name)),
            (page.document, "schema:sha256", to_string(document.sha256)),
            (page.document, "zn:characters", to_integer(len(document.raw))),
            (page.document, "zn:readBy", to_iri(software)),
            (software, "rdf:type", to_iri(page.vocabulary.term("prov:SoftwareAgent"))),
            (software, "schema:softwareVersion", to_string(read_version())),
        )
    )


def _write_correction(page: Page, call: str, spans: Sequence[JudgedSpan], correction: Correction) -> None:
    subject = name_correction(page.document, *correction.fact[1:])
    person = name_person(correction.who)
    about = call if correction.direction is None else extend(call, "direction", correction.direction)
    new = () if correction.new is None else ((subject, "zn:newValue", to_string(correction.new)),)
    page.describe(
        (
            (subject, "rdf:type", to_iri(page.vocabulary.term("zn:Correction"))),
            (subject, "zn:corrects", to_iri(about)),
            (subject, "zn:recordKey", to_string(correction.key)),
            (subject, "zn:verdict", to_string(correction.verdict)),
            (subject, "zn:oldValue", to_string(correction.old)),
            *new,
            (subject, "zn:reason", to_string(correction.why)),
            *((subject, "prov:wasQuotedFrom", page.cite(span)) for span in spans),
            (subject, "prov:wasAttributedTo", to_iri(person)),
            (person, "rdf:type", to_iri(page.vocabulary.term("prov:Person"))),
            (person, "schema:name", to_string(correction.who)),
        )
    )


def _write_call(page: Page, call: Call) -> None:
    subject = mint("call", call.document)
    page.add_class(subject, "zn:Call")
    page.add(subject, "prov:hadPrimarySource", to_iri(page.document))
    if call.title is not None:
        page.title(subject, call.title)
    for programme in call.programmes:
        thing = page.thing("programmes", "rdfs:label", programme)
        page.add_class(thing, "zn:Programme")
        page.link(subject, "zn:programme", thing, programme.span)
    if call.stage is not None:
        _link_code(page, subject, "zn:stage", "stages", call.stage)
    page.count(subject, "zn:year", call.year)
    page.count(subject, "zn:batch", call.batch)
    page.count(subject, "zn:statedDirections", call.stated_directions)
    page.count(subject, "zn:statedPartners", call.stated_partners)
    page.count(subject, "zn:maxChineseParticipants", call.max_chinese_participants)
    _write_amounts(page, subject, call)
    _write_conditions(page, subject, call)
    for section in call.sections:
        thing = extend(subject, "section", section.number.value)
        page.add_class(thing, "zn:Section")
        page.code(thing, "zn:number", (section.number,))
        page.title(thing, section.title)
        page.link(subject, "zn:section", thing, section.number.span)
    for position, direction in enumerate(call.directions, start=1):
        thing = extend(subject, "direction", direction.number.value)
        _link_direction(page, subject, call, direction)
        page.add(thing, "zn:position", to_integer(position))
        _write_direction(page, thing, direction)


def _link_direction(page: Page, call_iri: str, call: Call, direction: Direction) -> None:
    """Hang a direction on its call, its section and its parent; the quote is its number's."""
    thing, span = extend(call_iri, "direction", direction.number.value), direction.number.span
    page.link(call_iri, "zn:direction", thing, span)
    if direction.section in {section.number.value for section in call.sections}:
        page.link(extend(call_iri, "section", direction.section or ""), "zn:direction", thing, span)
    if direction.parent is not None:
        page.link(extend(call_iri, "direction", direction.parent), "zn:subdirection", thing, span)


def _write_direction(page: Page, subject: str, direction: Direction) -> None:
    page.add_class(subject, "zn:Direction")
    page.code(subject, "zn:number", (direction.number,))
    page.title(subject, direction.title)
    if direction.research_type is not None:
        _link_code(page, subject, "zn:researchType", "research-types", direction.research_type)
    for partner in direction.partners:
        _link_partner(page, subject, "zn:partner", partner)
    for member in direction.partner_members:
        _link_partner(page, subject, "zn:partnerMember", member)
    page.count(subject, "zn:minPartnerCountries", direction.min_partner_countries)
    for agreement in direction.agreements:
        _write_agreement(page, subject, agreement)
    for agency in direction.agencies:
        thing = page.thing("agencies", "rdfs:label", agency)
        page.add_class(thing, "zn:Agency")
        page.link(subject, "zn:agency", thing, agency.span)
    _write_topics(page, subject, direction)
    _write_amounts(page, subject, direction)
    page.bounds(subject, "zn:projectBudget", direction.project_budget_cny)
    for envelope in direction.envelopes:
        _write_envelope(page, subject, envelope)
    _write_conditions(page, subject, direction)
    for url in direction.urls:
        page.state(subject, "schema:url", to_typed(url.value, "anyURI"), url.span)
    for keyword in direction.keywords:
        _write_keyword(page, subject, keyword)
    _write_targets(page, subject, direction)


def _link_code(page: Page, subject: str, name: str, scheme: str, value: Value[str]) -> None:
    page.link_concept(subject, name, page.vocabulary.get_concept(scheme, value.value), value.span)


def _link_partner(page: Page, subject: str, name: str, code: Value[str]) -> None:
    """Link a partner by its code; a code outside the scheme is an organisation's own acronym."""
    concept = page.vocabulary.find_concept("partners", code.value)
    if concept is not None:
        page.link_concept(subject, name, concept, code.span)
        return
    thing = mint("organisation", code.value)
    page.add_class(thing, "zn:InternationalOrganisation")
    page.add(thing, "skos:notation", to_string(code.value))
    page.link(subject, name, thing, code.span)


def _write_agreement(page: Page, subject: str, agreement: Agreement) -> None:
    thing = page.thing("agreements", "dcterms:title", agreement.title)
    page.add_class(thing, "zn:Agreement")
    page.state(thing, "zn:agreementKind", to_string(agreement.kind), agreement.title.span)
    page.count(thing, "zn:year", agreement.year)
    page.link(subject, "zn:underAgreement", thing, agreement.title.span)


def _write_topics(page: Page, subject: str, direction: Direction) -> None:
    for topic in direction.topics:
        _write_topic(page, subject, topic)
    if direction.open_topic is not None:
        value = direction.open_topic
        page.state(subject, "zn:openTopic", to_boolean(value.value), value.span)
    for field in direction.fields:
        _link_code(page, subject, "zn:field", "fields", field)


def _write_topic(page: Page, subject: str, topic: Topic) -> None:
    thing = extend(subject, "topic", topic.title.value)
    page.add_class(thing, "zn:Topic")
    page.title(thing, topic.title)
    page.link(subject, "zn:topic", thing, topic.title.span)
    for subtopic in topic.subtopics:
        part = extend(thing, subtopic.value)
        page.add_class(part, "zn:Topic")
        page.title(part, subtopic)
        page.link(thing, "zn:subtopic", part, subtopic.span)


def _write_amounts(page: Page, subject: str, stated: Call | Direction) -> None:
    page.bounds(subject, "zn:projects", stated.projects)
    page.bounds(subject, "zn:budget", stated.budget_cny)
    page.bounds(subject, "zn:years", stated.duration_years)


def _write_envelope(page: Page, subject: str, envelope: Envelope) -> None:
    thing = extend(subject, "envelope", envelope.scope.value)
    page.add_class(thing, "zn:Envelope")
    page.name(thing, "zn:scope", envelope.scope)
    page.bounds(thing, "zn:projects", envelope.projects)
    page.bounds(thing, "zn:budget", envelope.budget_cny)
    page.link(subject, "zn:envelope", thing, envelope.scope.span)


def _write_conditions(page: Page, subject: str, stated: Call | Direction) -> None:
    for requirement in stated.requirements:
        _write_requirement(page, subject, requirement)
    for contact in stated.contacts:
        _write_contact(page, subject, contact)


def _write_requirement(page: Page, subject: str, requirement: Requirement) -> None:
    thing = extend(subject, "requirement", requirement.code.value)
    page.add_class(thing, "zn:Requirement")
    _link_code(page, thing, "zn:requirementType", "requirements", requirement.code)
    page.link(subject, "zn:requirement", thing, requirement.code.span)
    value = requirement.value
    if value is not None:
        term = to_integer(value.value) if isinstance(value.value, int) else to_string(value.value)
        page.state(thing, "zn:value", term, value.span)


def _write_contact(page: Page, subject: str, contact: Contact) -> None:
    known = page.identities.identify("contacts", contact.key.value)
    thing, shown = known.iri, (contact.name or contact.key).value
    page.add_class(thing, "zn:Contact")
    page.add(thing, "rdfs:label" if known.met == known.name else "skos:altLabel", to_string(shown))
    page.code(thing, "schema:name", () if contact.name is None else (contact.name,))
    page.code(thing, "vcard:organization-name", () if contact.org is None else (contact.org,))
    page.code(thing, "schema:telephone", contact.phones)
    page.code(thing, "schema:faxNumber", contact.faxes)
    page.code(thing, "schema:email", contact.emails)
    page.link(subject, "zn:contact", thing, contact.key.span)


def _write_keyword(page: Page, subject: str, keyword: Value[str]) -> None:
    thing = page.thing("keywords", "skos:prefLabel", keyword)
    page.add_class(thing, "zn:Keyword")
    page.link(subject, "zn:keyword", thing, keyword.span)


def _write_targets(page: Page, subject: str, direction: Direction) -> None:
    for position, indicator in enumerate(direction.indicators, start=1):
        thing = extend(subject, "indicator", str(position))
        page.add_class(thing, "zn:Indicator")
        page.add(thing, "zn:position", to_integer(position))
        page.add(thing, "rdfs:label", to_string(indicator.value, "zh"))
        page.name(thing, "dcterms:description", indicator)
        page.link(subject, "zn:indicator", thing, indicator.span)
    for position, measure in enumerate(direction.measures, start=1):
        thing = extend(subject, "measure", str(position))
        page.add_class(thing, "zn:Measure")
        page.add(thing, "zn:position", to_integer(position))
        page.link(subject, "zn:measure", thing, measure.text.span)
        _write_measure(page, thing, measure, measure.text.span)


def _write_measure(page: Page, thing: str, measure: Measure, span: Span) -> None:
    page.name(thing, "rdfs:label", measure.text)
    page.state(thing, "zn:comparator", to_string(measure.comparator.value), measure.comparator.span)
    page.state(thing, "zn:quantity", to_decimal(measure.value), span)
    if measure.value_max is not None:
        page.state(thing, "zn:quantityMax", to_decimal(measure.value_max), span)
    if measure.unit is not None:
        page.state(thing, "zn:unit", to_string(measure.unit), span)
