"""A small graph, made by hand after the graph model, with names that try to break a page."""

from __future__ import annotations

import pyoxigraph as ox

from ontology.vocabulary import BASE, read_vocabulary
from queries.graphs import LocalGraph

SCRIPT = "<script>window.broken = 1</script>"
IMAGE = '"><img src=x onerror="window.broken = 2">'
ENDING = "</script><!-- \u2028 ]]> {{ 7 * 7 }} & 'quoted'"
LINK = "javascript:window.broken=3"
HOSTILE = (SCRIPT, IMAGE, ENDING, LINK)

CALL = BASE + "call/901"
ISRAEL_QUOTE = "以色列"
KEYWORDS = {"数字健康": BASE + "keyword/数字健康", IMAGE: BASE + "keyword/hostile"}

_GRAPHS = {"schemes": BASE + "graph/schemes", "ontology": BASE + "graph/ontology", "901": BASE + "document/901"}


def small_graph() -> LocalGraph:
    """One programme, one call, two sections, five directions (one below another), three partners, three fields."""
    store = ox.Store()
    _add_names(store)
    _add_call(store)
    facts = [
        ("1.1", "中国和以色列产业技术研发合作项目", 1, 9000000, ["country/IL"], ["field/ICT", "field/HEA"]),
        ("1.2", "中国和以色列数字健康合作项目", 2, 4500000, ["country/IL"], ["field/HEA"]),
        ("2.1", ENDING, 3, 8000000, ["country/IL", "group/EU"], ["field/ALL"]),
        ("2.1.1", "子方向一", 4, 3000000, ["group/EU"], ["field/ALL"]),
        ("2.2", "没有合作方的方向", 5, None, [], ["field/ICT"]),
    ]
    for number, title, position, budget, partners, fields in facts:
        direction = f"{CALL}/direction/{number}"
        _say(store, direction, "rdf:type", _term("zn:Direction"))
        _say(store, direction, "zn:number", ox.Literal(number))
        _say(store, direction, "zn:position", ox.Literal(position))
        _say(store, direction, "dcterms:title", ox.Literal(title, language="zh"))
        _say(store, direction, "rdfs:label", ox.Literal(title, language="zh"))
        _read(store, CALL, "zn:direction", direction, title)
        if number != "2.1.1":
            _say(store, f"{CALL}/section/{number[0]}", "zn:direction", ox.NamedNode(direction))
        if budget is not None:
            _say(store, direction, "zn:budgetMax", ox.Literal(budget))
        for partner in partners:
            _read(store, direction, "zn:partner", BASE + partner, ISRAEL_QUOTE if partner == "country/IL" else "欧盟")
        for field in fields:
            _read(store, direction, "zn:field", BASE + field, LINK if field == "field/ALL" else "健康" + field[-3:])
    _say(store, f"{CALL}/direction/2.1", "zn:subdirection", ox.NamedNode(f"{CALL}/direction/2.1.1"))
    _read(store, f"{CALL}/direction/1.1", "zn:underAgreement", BASE + "agreement/中以协定", "中以协定")
    _read(store, f"{CALL}/direction/1.1", "zn:agency", BASE + "agency/以色列创新署", "以色列创新署")
    _read(store, f"{CALL}/direction/1.2", "zn:agency", BASE + "agency/以色列创新署", "以色列创新署")
    _add_details(store)
    return LocalGraph(store)


def _add_details(store: ox.Store) -> None:
    """Two keywords, one contact and two conditions, shared by the first two directions."""
    for number in ("1.1", "1.2"):
        direction = f"{CALL}/direction/{number}"
        for word in ("数字健康", IMAGE):
            _read(store, direction, "zn:keyword", KEYWORDS[word], word)
        _read(store, direction, "zn:contact", BASE + "contact/a@example.org", "联系人甲")
        for code in ("dual-submission", "ip-agreement"):
            condition = f"{direction}/requirement/{code}"
            _read(store, direction, "zn:requirement", condition, "双方申报")
            _say(store, condition, "rdf:type", _term("zn:Requirement"))
            _say(store, condition, "zn:requirementType", ox.NamedNode(f"{BASE}requirement/{code}"))
    for word, iri in KEYWORDS.items():
        _say(store, iri, "rdf:type", _term("zn:Keyword"))
        _say(store, iri, "rdfs:label", ox.Literal(word, language="zh"))
    _say(store, BASE + "contact/a@example.org", "rdf:type", _term("zn:Contact"))
    _say(store, BASE + "contact/a@example.org", "rdfs:label", ox.Literal("联系人甲"))
    for code, zh, en in (("dual-submission", "双方申报", "Dual submission"), ("ip-agreement", ENDING, SCRIPT)):
        concept = f"{BASE}requirement/{code}"
        _say(store, concept, "rdf:type", _term("zn:RequirementType"))
        _say(store, concept, "skos:notation", ox.Literal(code))
        for label, language in ((zh, "zh"), (en, "en")):
            _say(store, concept, "skos:prefLabel", ox.Literal(label, language=language), "schemes")


def _add_names(store: ox.Store) -> None:
    concepts = [
        ("country/IL", "Country", "IL", "以色列", "Israel"),
        ("group/EU", "CountryGroup", "EU", IMAGE, "European Union"),
        ("field/ICT", "Field", "ICT", "信息技术", "Information technology"),
        ("field/HEA", "Field", "HEA", "人口与健康", "Health"),
        ("field/ALL", "Field", "ALL", LINK, SCRIPT),
    ]
    for path, kind, code, zh, en in concepts:
        _say(store, BASE + path, "rdf:type", _term(f"zn:{kind}"))
        _say(store, BASE + path, "skos:notation", ox.Literal(code))
        for label, language in ((zh, "zh"), (en, "en")):
            _say(store, BASE + path, "skos:prefLabel", ox.Literal(label, language=language), "schemes")
    for path, kind in (("agreement/中以协定", "Agreement"), ("agency/以色列创新署", "Agency")):
        _say(store, BASE + path, "rdf:type", _term(f"zn:{kind}"))
        _say(store, BASE + path, "rdfs:label", ox.Literal(path.split("/")[1], language="zh"))
    for kind, zh, en in (
        ("Country", "国家", "Country"),
        ("Field", SCRIPT, "Field"),
        ("Direction", "指南方向", "Direction"),
    ):
        for label, language in ((zh, "zh"), (en, "en")):
            _say(store, _term(f"zn:{kind}").value, "rdfs:label", ox.Literal(label, language=language), "ontology")


def _add_call(store: ox.Store) -> None:
    title = ox.Literal("“测试合作”重点专项2021年度项目申报指南", language="zh")
    _say(store, CALL, "rdf:type", _term("zn:Call"))
    _say(store, CALL, "dcterms:title", title)
    _say(store, CALL, "rdfs:label", title)
    _say(store, CALL, "zn:year", ox.Literal(2021))
    _say(store, CALL, "zn:budgetMax", ox.Literal(50000000))
    _read(store, CALL, "zn:programme", BASE + "programme/测试合作", "测试合作")
    _say(store, BASE + "programme/测试合作", "rdf:type", _term("zn:Programme"))
    _say(store, BASE + "programme/测试合作", "rdfs:label", ox.Literal("测试合作", language="zh"))
    for number, name in (("1", "数字"), ("2", "开放")):
        section = f"{CALL}/section/{number}"
        _say(store, section, "rdf:type", _term("zn:Section"))
        _say(store, section, "zn:number", ox.Literal(number))
        _say(store, section, "rdfs:label", ox.Literal(name, language="zh"))
        _read(store, CALL, "zn:section", section, name)


def _read(store: ox.Store, subject: str, predicate: str, target: str, quote: str) -> None:
    """State a fact and the claim that a text makes of it."""
    _say(store, subject, predicate, ox.NamedNode(target))
    start = len(store) * 10
    end = start + len(quote)
    name = predicate.split(":")[1]
    places = "/".join(iri.rsplit("/", 1)[1] for iri in (subject, target))
    claim = f"{_GRAPHS['901']}/claim/{start}-{end}/{name}/{places}"
    source = f"{_GRAPHS['901']}#char={start},{end}"
    _say(store, claim, "rdf:type", _term("zn:Claim"), "901")
    _say(store, claim, "rdf:subject", ox.NamedNode(subject), "901")
    _say(store, claim, "rdf:predicate", _term(predicate), "901")
    _say(store, claim, "rdf:object", ox.NamedNode(target), "901")
    _say(store, claim, "prov:wasQuotedFrom", ox.NamedNode(source), "901")
    _say(store, source, "oa:exact", ox.Literal(quote), "901")
    _say(store, source, "oa:prefix", ox.Literal("根据与"), "901")
    _say(store, source, "oa:suffix", ox.Literal("方面的约定"), "901")
    _say(store, source, "oa:start", ox.Literal(start), "901")
    _say(store, source, "oa:end", ox.Literal(end), "901")
    _say(store, source, "oa:hasSource", ox.NamedNode(_GRAPHS["901"]), "901")


def _say(
    store: ox.Store, subject: str, predicate: str, target: ox.NamedNode | ox.Literal, graph: str | None = None
) -> None:
    where = ox.NamedNode(_GRAPHS[graph]) if graph else ox.DefaultGraph()
    store.add(ox.Quad(ox.NamedNode(subject), _term(predicate), target, where))


def _term(name: str) -> ox.NamedNode:
    prefix, local = name.split(":")
    return ox.NamedNode(read_vocabulary().prefixes[prefix] + local)
