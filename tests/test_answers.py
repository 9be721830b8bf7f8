"""Each question is answered a second time from the record table, in Python, and both answers are the same."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from ontology.vocabulary import read_vocabulary
from queries.answers import Solutions, shorten
from queries.catalogue import get_query
from queries.graphs import open_graph
from queries.run import ask
from tests.test_questions import NAMES

Record: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[Any, ...]


class Guides:
    """The record table of a graph folder, with what several answers need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        records = [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
        self.calls = {record["document"]: record for record in records if record["kind"] == "call"}
        self.directions = [record for record in records if record["kind"] == "direction"]
        self.met: set[Row] = {
            (kind, known(name, scheme), name, (one["document"], one["number"]))
            for one in self.directions
            for kind, scheme, names in (
                ("agency", "agencies", one["agencies"]),
                ("agreement", "agreements", [basis["title"] for basis in one["agreements"]]),
            )
            for name in names
            if listed(scheme).get(name, name) != name
        }
        for one in self.directions:
            one["agencies"] = list(dict.fromkeys(known(name, "agencies") for name in one["agencies"]))
            for basis in one["agreements"]:
                basis["title"] = known(basis["title"], "agreements")

    def year(self, direction: Record) -> int | None:
        year: int | None = self.calls[direction["document"]]["year"]
        return year

    def place(self, direction: Record) -> Row:
        return f"call/{direction['document']}", direction["number"]

    def top(self, document: str) -> list[Record]:
        return [one for one in self.directions if one["document"] == document and one["parent"] is None]

    def years_of(self, title: str) -> list[int | None]:
        said = {
            one["year"] for direction in self.directions for one in direction["agreements"] if one["title"] == title
        }
        return sorted(said - {None}) or [None]

    def years_before(self) -> Iterator[tuple[str, int, list[Record], list[Record]]]:
        """Yield programme, the year before, and the directions of the year before and of the year."""
        held: dict[tuple[str, int], list[Record]] = defaultdict(list)
        for direction in self.directions:
            call = self.calls[direction["document"]]
            for programme in call["programmes"] if call["year"] else ():
                held[programme, call["year"]].append(direction)
        for programme, year in held:
            earlier = [before for name, before in held if name == programme and before < year]
            if earlier:
                yield programme, max(earlier), held[programme, max(earlier)], held[programme, year]


@cache
def listed(scheme: str) -> dict[str, str]:
    """Return the names of a scheme's concepts by all their names."""
    return {label.text: one.zh for one in read_vocabulary().concepts(scheme) for label in one.labels}


def known(name: str, scheme: str) -> str:
    """Return the one name of a body or a treaty: the listed one, else its own in full-width marks."""
    wide = re.sub(r"(?<=\d)-(?=\d)", "—", name).translate(str.maketrans("(),", "（），"))
    return listed(scheme).get(name, re.sub('"(.*?)"', "“\\1”", wide))


@cache
def read_guides(folder: Path) -> Guides:
    return Guides(folder)


def most(direction: Record, name: str) -> Any:
    return (direction[name] or {}).get("max")


def total(values: Iterable[int | None]) -> int | None:
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None


def codes(direction: Record) -> set[str]:
    return {one["code"] for one in direction["requirements"]}


def group(pairs: Iterable[tuple[Any, Record]]) -> dict[Any, list[Record]]:
    grouped: dict[Any, list[Record]] = defaultdict(list)
    for key, direction in pairs:
        if direction not in grouped[key]:
            grouped[key].append(direction)
    return grouped


def each(guides: Guides, name: str) -> Iterator[tuple[Any, Record]]:
    """Yield every value of a list with its direction."""
    return ((value, direction) for direction in guides.directions for value in direction[name])


def money(directions: list[Record]) -> Row:
    return total(most(one, "projects") for one in directions), total(most(one, "budget_cny") for one in directions)


def calls_of(directions: Iterable[Record]) -> int:
    return len({one["document"] for one in directions})


def members() -> dict[str, set[str]]:
    concepts = read_vocabulary().concepts("partners")
    notation = {concept.iri: concept.notation for concept in concepts}
    return {one.notation: {notation[member] for member in one.members if member in notation} for one in concepts}


def mails(contact: Record) -> str:
    return "; ".join(sorted(contact["emails"]))


def contact_key(contact: Record) -> str:
    return contact["emails"][0].lower() if contact["emails"] else str(contact["name"])


def targets(guides: Guides, word: str = "", unit: str | None = None) -> Iterator[tuple[Record, Record]]:
    for direction in guides.directions:
        for measure in direction["measures"]:
            if measure["unit"] and word in measure["text"] and unit in (None, measure["unit"]):
                yield measure, direction


def sizes(guides: Guides, word: str = "", unit: str | None = None) -> list[Row]:
    return [(one["value"], one["value_max"], one["unit"], *guides.place(at)) for one, at in targets(guides, word, unit)]


def said_in(guides: Guides, word: str) -> Iterator[tuple[Record, str, str]]:
    for one in guides.directions:
        topics = {topic["title"] for topic in one["topics"]}
        subtopics = {part for topic in one["topics"] for part in topic["subtopics"]}
        places = (("title", [one["title"]]), ("topic", topics), ("subtopic", subtopics))
        for place, texts in (*places, ("keyword", one["keywords"]), ("indicator", one["indicators"])):
            yield from ((one, place, text) for text in texts if word in text.lower())


def applicants(guides: Guides) -> list[Row]:
    rows = []
    for one in guides.directions:
        above = [other for other in guides.top(one["document"]) if other["number"] == one["parent"]]
        holders = [guides.calls[one["document"]], *above, one]
        held = [condition for holder in holders for condition in holder["requirements"]]
        leads = {"enterprise-lead": "enterprise", "academic-lead": "academic"}
        lead = min((leads[condition["code"]] for condition in held if condition["code"] in leads), default=None)
        ratios = [condition["value"] for condition in held if condition["code"] == "matching-funds"]
        parts = [[float(part) for part in ratio.split(":")] for ratio in ratios if ratio]
        shares = [own / state for own, state in parts] + [0.01 for ratio in ratios if not ratio]
        rows.append((*guides.place(one), lead, max(shares, default=None)))
    return rows


def durations(guides: Guides) -> list[Row]:
    rows = []
    for one in guides.directions:
        own, whole = one["duration_years"], guides.calls[one["document"]]["duration_years"]
        if own or whole:
            years = own or whole
            rows.append((*guides.place(one), years["min"], years["max"], "direction" if own else "call"))
    return rows


def stated(guides: Guides) -> list[Row]:
    rows = []
    for document, call in guides.calls.items():
        top = guides.top(document)
        quota, budget = money(top)
        found = {
            "directions": (call["stated_directions"], len(top)),
            "partners": (call["stated_partners"], len({code for one in top for code in one["partners"]}) or None),
            "projects": (most(call, "projects"), quota),
            "money": (most(call, "budget_cny"), budget),
        }
        rows += [(f"call/{document}", what, *pair) for what, pair in found.items() if pair[0] is not None]
    return rows


def programmes(guides: Guides) -> list[Row]:
    held: dict[Row, list[Row]] = defaultdict(list)
    for document, call in guides.calls.items():
        quota, budget = money(guides.top(document))
        projects = most(call, "projects")
        stated_money = most(call, "budget_cny")
        count = sum(one["document"] == document for one in guides.directions)
        row = (count, quota if projects is None else projects, budget if stated_money is None else stated_money)
        for programme in call["programmes"]:
            held[programme, call["year"]].append(row)
    return [
        (*key, len(rows), sum(row[0] for row in rows), total(row[1] for row in rows), total(row[2] for row in rows))
        for key, rows in held.items()
    ]


def pairs(guides: Guides) -> list[Row]:
    held = group((code, one) for one in guides.directions for code in codes(one))
    both = group((pair, one) for one in guides.directions for pair in combinations(sorted(codes(one)), 2))
    return [(a, b, len(found), round(len(found) / len(held[a]), 2)) for (a, b), found in both.items()]


def bands(guides: Guides) -> list[Row]:
    limits = ((0, 5_000_000), (5_000_000, 20_000_000), (20_000_000, 50_000_000), (50_000_000, None))
    budgets = [most(one, "budget_cny") for one in guides.directions if most(one, "budget_cny")]
    held = [(limit, [one for one in budgets if limit[0] < one <= (limit[1] or one)]) for limit in limits]
    return [(*limit, len(found), sum(found)) for limit, found in held]


def limits(guides: Guides) -> list[Row]:
    rows: list[Row] = []
    for one in guides.directions:
        units = next((held["value"] for held in one["requirements"] if held["code"] == "min-consortium"), None)
        rows.append((*guides.place(one), units, None, one["min_partner_countries"]))
    for document, call in guides.calls.items():
        rows.append((f"call/{document}", None, None, call["max_chinese_participants"], None))
    return [row for row in rows if any(row[2:])]


def persons(guides: Guides) -> list[Row]:
    held: dict[str, set[str]] = defaultdict(set)
    for contact, one in each(guides, "contacts"):
        held[contact_key(contact)].add(f"{one['document']}/{one['number']}")
    for document, call in guides.calls.items():
        for contact in call["contacts"]:
            held[contact_key(contact)].add(document)
    return [("; ".join(sorted(places)),) for places in held.values()]


def claims(guides: Guides, term: str) -> list[Row]:
    """Count the objects of a property of claims in the shards, line by line."""
    documents: dict[str, list[str]] = defaultdict(list)
    for shard in sorted((guides.folder / "documents").glob("*.nq")):
        for line in shard.read_text(encoding="utf-8").splitlines():
            _, predicate, rest = line.split(" ", 2)
            if predicate.endswith(f"#{term}>"):
                documents[rest.split(" ")[0]].append(shard.stem)
    return [(shorten(said.strip('<>"')), len(held), len(set(held))) for said, held in documents.items()]


ENTERPRISE = "enterprise-lead foreign-enterprise-lead enterprise-participation two-plus-two encourage-enterprise encourage-sme encourage-industry-academia"
FOREIGN = (
    "partner-eligibility foreign-enterprise-lead government-endorsement framework-participation trilateral two-plus-two"
)
PAPERS = "cooperation-agreement ip-agreement joint-application-form government-endorsement data-management-plan"


def with_codes(guides: Guides, words: str) -> list[Row]:
    return [(*guides.place(one), code) for one in guides.directions for code in sorted(codes(one) & {*words.split()})]


ANSWERS: dict[str, tuple[str, Callable[[Guides], Iterable[Row]]]] = {
    "agencies": ("name calls directions", lambda g: [
        (name, calls_of(found), len(found)) for name, found in group(each(g, "agencies")).items()]),
    "agency-contacts": ("name call number emails", lambda g: [
        (name, *g.place(one), mails(contact) or None) for name, one in each(g, "agencies") for contact in one["contacts"]]),
    "agency-directions": ("name call number", lambda g: [(name, *g.place(one)) for name, one in each(g, "agencies")]),
    "agreement-directions": ("agreement agreement_year call number", lambda g: [
        (basis["title"], year, *g.place(one)) for basis, one in each(g, "agreements") for year in g.years_of(basis["title"])]),
    "agreements": ("title year directions", lambda g: [
        (title, year, len(found))
        for title, found in group((basis["title"], one) for basis, one in each(g, "agreements")).items()
        for year in g.years_of(title)]),
    "agreements-over-years": ("agreement agreement_year year calls directions", lambda g: [
        (title, said, year, calls_of(found), len(found))
        for (title, year), found in group(((basis["title"], g.year(one)), one) for basis, one in each(g, "agreements")).items()
        for said in g.years_of(title)]),
    "budget-bands": ("above_cny most_cny directions budget_max_cny", bands),
    "budget-by-field": ("code directions projects_max budget_max_cny", lambda g: [
        (code, len(found), *money(found)) for code, found in group(each(g, "fields")).items()]),
    "budget-by-field-year": ("code year directions projects_max budget_max_cny", lambda g: [
        (*key, len(found), *money(found))
        for key, found in group(((code, g.year(one)), one) for code, one in each(g, "fields")).items() if key[1]]),
    "budget-by-partner-year": ("code year directions projects_max budget_max_cny", lambda g: [
        (*key, len(found), *money(found))
        for key, found in group(((code, g.year(one)), one) for code, one in each(g, "partners")).items() if key[1]]),
    "budget-by-programme-year": ("programme year calls directions projects_max budget_max_cny", programmes),
    "calls": ("call year batch stage directions projects_max budget_max_cny", lambda g: [
        (f"call/{document}", call["year"], call["batch"], call["stage"],
         sum(one["document"] == document for one in g.directions), most(call, "projects"), most(call, "budget_cny"))
        for document, call in g.calls.items()]),
    "carbon-capture-rates": ("quantity quantity_max unit call number", lambda g: sizes(g, "捕集", "%")),
    "claims-by-property": ("property claims documents", lambda g: claims(g, "predicate")),
    "corrections": ("about verdict", lambda g: []),  # tests/test_corrections.py asks where there are some
    "claims-by-rule": ("rule claims documents", lambda g: claims(g, "rule")),
    "consortium-limits": ("call number chinese_units_min chinese_units_max countries_min", limits),
    "contact-persons": ("directions", persons),
    "contacts": ("call number name emails", lambda g: [
        *((*g.place(one), held["name"], mails(held) or None) for held, one in each(g, "contacts")),
        *((f"call/{document}", None, held["name"], mails(held) or None)
          for document, call in g.calls.items() for held in call["contacts"])]),
    "cycle-life-targets": ("quantity quantity_max unit call number", lambda g: sizes(g, "循环", "次")),
    "directions": ("call number title projects_max budget_max_cny", lambda g: [
        (*g.place(one), one["title"], most(one, "projects"), most(one, "budget_cny")) for one in g.directions]),
    "directions-by-field": ("code call number", lambda g: [(code, *g.place(one)) for code, one in each(g, "fields")]),
    "directions-by-partner": ("code call number projects_max", lambda g: [
        (code, *g.place(one), most(one, "projects")) for code, one in each(g, "partners")]),
    "directions-by-research-type": ("code call number", lambda g: [
        (one["research_type"], *g.place(one)) for one in g.directions if one["research_type"]]),
    "directions-by-word": ("call number titles keywords indicators", lambda g: [
        (*place, *(sum(kind == one for one in kinds) for kind in ("title", "keyword", "indicator")))
        for place, kinds in _by_place(g, "储能").items()]),
    "directions-for-applicant": ("call number lead own_money_asked", applicants),
    "directions-through-groups": ("group_code call number", lambda g: [
        (code, *g.place(one)) for code, one in each(g, "partners")
        if "KZ" in members().get(code, ()) or ("KZ" in one["partner_members"] and code in members() and members()[code])]),
    "directions-without-agreement": ("call number", lambda g: [
        g.place(one) for one in g.directions if one["partners"] and not one["agreements"] and one["parent"] is None]),
    "documents": ("file characters claims", lambda g: [
        (one["file"], one["characters"], one["facts"])
        for one in json.loads((g.folder / "manifest.json").read_text(encoding="utf-8"))["documents"]]),
    "documents-to-submit": ("call number documents", lambda g: [
        (*g.place(one), "; ".join(found)) for one in g.directions if (found := sorted(codes(one) & {*PAPERS.split()}))]),
    "dropped-partners": ("programme code directions_before", lambda g: [
        (programme, code, len(found)) for programme, _, then, now in g.years_before()
        for code, found in group((code, one) for one in then for code in one["partners"]).items()
        if code not in {code for one in now for code in one["partners"]}]),
    "enterprise-roles": ("call number code", lambda g: with_codes(g, ENTERPRISE)),
    "envelopes": ("call number scope projects_max budget_max_cny", lambda g: [
        (*g.place(one), held["scope"], most(held, "projects"), most(held, "budget_cny")) for held, one in each(g, "envelopes")]),
    "foreign-side-conditions": ("call number code", lambda g: with_codes(g, FOREIGN)),
    "indicators": ("call number indicator", lambda g: [(*g.place(one), said) for said, one in each(g, "indicators")]),
    "keyword-pairs": ("keyword other_keyword directions", lambda g: [
        (*pair, len(found)) for pair, found in group(
            (pair, one) for one in g.directions for pair in combinations(sorted({*one["keywords"]}), 2)).items()
        if len(found) > 1]),
    "keywords": ("keyword calls directions", lambda g: [
        (word, calls_of(found), len(found)) for word, found in group(each(g, "keywords")).items()]),
    "keywords-by-field": ("code keyword directions", lambda g: [
        (*key, len(found)) for key, found in group(
            ((code, word), one) for code, one in each(g, "fields") for word in one["keywords"]).items()]),
    "lead-by-partner": ("code directions enterprise_leads academia_leads enterprise_takes_part", lambda g: [
        (code, len(found), *(sum(kind in codes(one) for one in found)
         for kind in ("enterprise-lead", "academic-lead", "enterprise-participation")))
        for code, found in group(each(g, "partners")).items()]),
    "measures": ("call number comparator quantity quantity_max unit", lambda g: [
        (*g.place(one), held["comparator"], held["value"], held["value_max"], held["unit"]) for held, one in each(g, "measures")]),
    "money-change-by-partner": ("programme code budget_before_cny budget_max_cny", lambda g: [
        (programme, code, before, after) for programme, _, then, now in g.years_before()
        for code in {code for one in now for code in one["partners"]}
        if (before := money([one for one in then if code in one["partners"]])[1]) is not None
        and (after := money([one for one in now if code in one["partners"]])[1]) is not None]),
    "money-per-project": ("call number per_project_cny", lambda g: [
        (*g.place(one), int(most(one, "budget_cny") / most(one, "projects") + 0.5))
        for one in g.directions if most(one, "budget_cny") and most(one, "projects")]),
    "multilateral-directions": ("call number countries_min", lambda g: [
        (*g.place(one), one["min_partner_countries"]) for one in g.directions
        if (one["min_partner_countries"] or 0) > 1 or len(one["partners"]) > 1]),
    "merged-names": ("kind name other_name", lambda g: {one[:3] for one in g.met}),
    "new-agreements": ("programme agreement directions", lambda g: [
        (programme, title, len(found)) for programme, _, then, now in g.years_before()
        for title, found in group((basis["title"], one) for one in now for basis in one["agreements"]).items()
        if title not in {basis["title"] for one in then for basis in one["agreements"]}]),
    "new-directions": ("programme call number", lambda g: [
        (programme, *g.place(one)) for programme, _, then, now in g.years_before()
        for one in now if one["title"] not in {old["title"] for old in then}]),
    "new-partners": ("programme code directions", lambda g: [
        (programme, code, len(found)) for programme, _, then, now in g.years_before()
        for code, found in group((code, one) for one in now for code in one["partners"]).items()
        if code not in {code for one in then for code in one["partners"]}]),
    "open-topic-directions": ("call number", lambda g: [g.place(one) for one in g.directions if one["open_topic"]]),
    "own-money": ("call number ratio", lambda g: [
        (*g.place(one), held["value"]) for held, one in each(g, "requirements") if held["code"] == "matching-funds"]),
    "partners": ("code calls directions budget_max_cny", lambda g: [
        (code, calls_of(found), len(found), money(found)[1]) for code, found in group(each(g, "partners")).items()]),
    "partners-by-field": ("code field_code directions budget_max_cny", lambda g: [
        (*key, len(found), money(found)[1]) for key, found in group(
            ((code, field), one) for code, one in each(g, "partners") for field in one["fields"]).items()]),
    "partners-in-group": ("group_code code directions budget_max_cny", lambda g: [
        (whole, code, len(found), money(found)[1]) for code, found in group(each(g, "partners")).items()
        for whole, held in members().items() if code in held]),
    "project-durations": ("call number years_min years_max stated_by", durations),
    "quotes-by-property": ("about value", lambda g: [
        *((f"call/{document}", most(call, "budget_cny")) for document, call in g.calls.items() if most(call, "budget_cny")),
        *((f"call/{one['document']}/direction/{one['number']}", most(one, "budget_cny"))
          for one in g.directions if most(one, "budget_cny")),
        *((f"call/{one['document']}/direction/{one['number']}/envelope/{held['scope']}", most(held, "budget_cny"))
          for held, one in each(g, "envelopes") if most(held, "budget_cny"))]),
    "requirement-frequencies": ("code directions", lambda g: [
        (code, sum(code in codes(one) for one in g.directions))
        for code in {code for one in (*g.directions, *g.calls.values()) for code in codes(one)}]),
    "requirement-pairs": ("code other_code directions share", pairs),
    "requirements": ("call number code value", lambda g: [
        *((*g.place(one), held["code"], held["value"]) for held, one in each(g, "requirements")),
        *((f"call/{document}", None, held["code"], held["value"])
          for document, call in g.calls.items() for held in call["requirements"])]),
    "requirements-by-partner": ("code requirement_code directions", lambda g: [
        (*key, len(found)) for key, found in group(
            ((code, kind), one) for code, one in each(g, "partners") for kind in codes(one)).items()]),
    "returning-directions": ("number_before number budget_before_cny budget_max_cny", lambda g: [
        (old["number"], one["number"], most(old, "budget_cny"), most(one, "budget_cny"))
        for _, _, then, now in g.years_before() for one in now for old in then if one["title"] == old["title"]]),
    "sections": ("call section title directions", lambda g: [
        (f"call/{document}", part["number"], part["title"],
         sum(one["document"] == document and one["section"] == part["number"] for one in g.directions))
        for document, call in g.calls.items() for part in call["sections"]]),
    "stated-against-found": ("call what stated found", stated),
    "subdirections": ("call number part", lambda g: [
        (f"call/{one['document']}", one["parent"], one["number"]) for one in g.directions if one["parent"]]),
    "targets-by-field": ("code indicators measures", lambda g: [
        (code, sum(len(one["indicators"]) for one in found), sum(len(one["measures"]) for one in found))
        for code, found in group(each(g, "fields")).items()
        if any(one["indicators"] or one["measures"] for one in found)]),
    "targets-by-size": ("quantity quantity_max unit call number", sizes),
    "targets-by-unit": ("unit targets least greatest", lambda g: [
        (unit, len(found), min(one["value"] for one in found),
         max(one["value"] if one["value_max"] is None else one["value_max"] for one in found))
        for unit in {one["unit"] for one, _ in targets(g)}
        for found in [[one for one, _ in targets(g, unit=unit)]]]),
    "topics": ("call number topic subtopic", lambda g: [
        (*g.place(one), topic["title"], part) for topic, one in each(g, "topics") for part in topic["subtopics"] or [None]]),
    "web-pages": ("call number url", lambda g: [(*g.place(one), url) for url, one in each(g, "urls")]),
    "word-occurrences": ("call number place text", lambda g: [
        (*g.place(one), place, text) for one, place, text in said_in(g, "储能")]),
}  # fmt: skip
"""Question → columns, and the rows of these columns by another way. `evidence` is tested against the texts instead."""


def _by_place(guides: Guides, word: str) -> dict[Row, list[str]]:
    held: dict[Row, list[str]] = defaultdict(list)
    for one, place, _ in said_in(guides, word):
        held[guides.place(one)].append(place)
    return held


def answer(folder: Path, name: str, **params: str) -> Solutions:
    query = get_query(name)
    found = ask(open_graph(folder), query, **{**query.example, **params})
    assert isinstance(found, Solutions)
    return found


def check(folder: Path, name: str) -> None:
    columns, compute = ANSWERS[name]
    found = [tuple(row[column] for column in columns.split()) for row in answer(folder, name).to_dicts()]
    assert Counter(map(_comparable, found)) == Counter(map(_comparable, compute(read_guides(folder))))


def _comparable(row: Row) -> Row:
    return tuple(float(cell) if isinstance(cell, int | float) else cell for cell in row)


def test_every_question_is_answered_twice() -> None:
    assert sorted({*ANSWERS, "evidence"}) == NAMES


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_records_give_the_same_answer_on_the_condensed_edition(name: str, built: Path) -> None:
    check(built, name)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_records_give_the_same_answer_on_the_full_guides(name: str, built_corpus: Path) -> None:
    check(built_corpus, name)


@pytest.mark.parametrize("subject", ["001", "001/1.3", "002/1.6", "003/3.2", "004"])
def test_every_quote_of_the_evidence_stands_in_the_text_at_its_place(subject: str, built: Path, guides: Path) -> None:
    text = next(guides.glob(f"{subject[:3]}_*.txt")).read_text(encoding="utf-8")
    found = answer(built, "evidence", subject=subject)
    assert len(found.rows) > 10
    for row in found.to_dicts():
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
