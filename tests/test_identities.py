"""One thing is one node whatever a document calls it; what is not known to be one is proposed, never merged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.aliases import Aliases, read_aliases, to_identities
from kg_build.build import BuildReport, build
from kg_build.identities import Identities, head
from kg_build.likenesses import Likeness, find_likenesses
from kg_build.mentions import Mention
from ontology.errors import RuleError
from ontology.vocabulary import BASE, Vocabulary, read_vocabulary

SHORT, LONG = "中日政府间科技合作协定", "中华人民共和国政府和日本国政府科技合作协定"
GUIDE = """“试验”重点专项{year}年度指南

1.1 中国和新西兰联合研究项目
合作协议：《{agreement}》。
领域方向：太阳能。
其他要求：申请者须向{agency}提交申请。
联系人：张三，电话：010-11112222，邮箱：{email}
"""
NAMES = {"agreement": "甲国和乙国海洋合作协定", "agency": "科技部", "email": "zhang@example.org"}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with two guides that differ in names alone."""
    folder = tmp_path / "guides"
    folder.mkdir()
    write(folder, "a", year=2021)
    write(folder, "b", year=2022, agreement="甲乙海洋协定", agency="中国科技部", email="zhang.san@example.org")
    return folder


def write(folder: Path, name: str, **names: object) -> None:
    (folder / f"{name}.txt").write_text(GUIDE.format(**NAMES | names), encoding="utf-8")


def built(sources: Path, out: Path) -> tuple[BuildReport, ox.Store]:
    report = build([sources], out)
    return report, ox.Store.read_only(str(out / "store"))


def things(store: ox.Store, kind: str) -> list[str]:
    found = store.query(f"SELECT DISTINCT ?x WHERE {{ ?x a <{BASE}ontology#{kind}> }} ORDER BY ?x")
    assert isinstance(found, ox.QuerySolutions)
    return [str(row["x"].value).removeprefix(BASE) for row in found]


def labels(store: ox.Store, thing: str, name: str) -> list[str]:
    term = ox.NamedNode(read_vocabulary().term(name))
    found = store.quads_for_pattern(ox.NamedNode(BASE + thing), term, None, ox.DefaultGraph())
    return sorted(quad.object.value for quad in found if isinstance(quad.object, ox.Literal))


def findings(out: Path, rule: str) -> list[dict[str, object]]:
    rows = map(json.loads, (out / "findings.jsonl").read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["rule"] == rule]


def known(aliases: Aliases | None = None, vocabulary: Vocabulary | None = None) -> Identities:
    return to_identities(aliases or Aliases(), vocabulary or read_vocabulary())


@pytest.mark.parametrize("name", ["科技部", "中国科技部", "中华人民共和国科学技术部", "科学技术部", "科技 部"])
def test_all_spellings_of_an_agency_are_the_one_that_is_listed(name: str) -> None:
    identity = known().identify("agencies", name)
    assert (identity.iri, identity.name) == (f"{BASE}agency/科学技术部", "科学技术部")


def test_a_department_is_not_its_ministry_and_says_whose_it_is() -> None:
    assert known().identify("agencies", "中国科技部国际合作司").name == "科学技术部国际合作司"
    text = (Path(__file__).parent.parent / "ontology/schemes/agencies.ttl").read_text(encoding="utf-8")
    assert "org:unitOf agency:科学技术部 ;" in text


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("agreements", "关于2018-2020年合作的协议", "关于2018—2020年合作的协议"),
        ("agreements", "《海洋协定(2020)》", "海洋协定（2020）"),
        ("agreements", "海洋 协定", "海洋协定"),
        ("agencies", "某地－某城国际关系署", "某地—某城国际关系署"),
        ("programmes", "“海洋”", "海洋"),
        ("contacts", "Zhang@Example.org", "zhang@example.org"),
        ("keywords", "海 洋", "海洋"),
        ("agreements", SHORT, LONG),
    ],
)
def test_layout_and_listed_names_make_one_thing(kind: str, one: str, other: str) -> None:
    identities = known()
    assert identities.identify(kind, one).iri == identities.identify(kind, other).iri
    assert identities.identify(kind, one).name == identities.identify(kind, other).name


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("agreements", "关于2018年合作的协议", "关于2019年合作的协议"),
        ("keywords", "Ac-225生产", "Ac225生产"),
        ("agencies", "以色列科技部", "科技部"),
        ("agreements", "中瑞政府间科技合作协定", SHORT),
    ],
)
def test_what_is_not_known_to_be_one_stays_two(kind: str, one: str, other: str) -> None:
    assert known().identify(kind, one).iri != known().identify(kind, other).iri


def test_a_hyphen_between_latin_letters_stays() -> None:
    assert head("agreements", "COVID-19 — 合作2018-2020") == "COVID-19—合作2018—2020"


def test_a_listed_concept_counts_more_than_the_spelling() -> None:
    israel = read_vocabulary().get_concept("agencies", "以色列科技部")
    assert known().identify("agencies", "科技部", israel.iri).name == "以色列科技部"


def test_a_line_of_aliases_merges_and_deleting_it_undoes_that_exactly(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "before")
    aliases = sources / "aliases.toml"
    aliases.write_text(
        '[agreements]\n"甲乙海洋协定" = "甲国和乙国海洋合作协定"\n'
        '[contacts]\n"zhang.san@example.org" = "Zhang@example.org"\n',
        encoding="utf-8",
    )
    report, store = built(sources, tmp_path / "merged")
    assert report.errors == ()
    assert things(store, "Agreement") == ["agreement/甲国和乙国海洋合作协定"]
    assert labels(store, "agreement/甲国和乙国海洋合作协定", "rdfs:label") == ["甲国和乙国海洋合作协定"]
    assert labels(store, "agreement/甲国和乙国海洋合作协定", "skos:altLabel") == ["甲乙海洋协定"]
    assert things(store, "Contact") == ["contact/zhang@example.org"]
    assert labels(store, "contact/zhang@example.org", "schema:email") == ["zhang.san@example.org", "zhang@example.org"]
    assert (tmp_path / "merged/records.jsonl").read_bytes() == (tmp_path / "before/records.jsonl").read_bytes()
    aliases.write_text("", encoding="utf-8")
    build([sources], tmp_path / "after")
    for path in sorted((tmp_path / "before").rglob("*")):
        if path.is_file() and "store" not in path.parts:
            twin = tmp_path / "after" / path.relative_to(tmp_path / "before")
            assert twin.read_bytes() == path.read_bytes(), path


def test_the_directions_of_all_years_hang_on_one_agency(sources: Path, tmp_path: Path) -> None:
    _, store = built(sources, tmp_path / "kg")
    assert things(store, "Agency") == ["agency/科学技术部"]
    term, body = ox.NamedNode(read_vocabulary().term("zn:agency")), ox.NamedNode(f"{BASE}agency/科学技术部")
    found = {quad.subject for quad in store.quads_for_pattern(None, term, body, None)}
    assert {str(one) for one in found} == {f"<{BASE}call/{name}/direction/1.1>" for name in "ab"}


def test_an_alias_of_what_nobody_names_is_told_and_nothing_is_lost(sources: Path, tmp_path: Path) -> None:
    (sources / "aliases.toml").write_text('\n[agreements]\n"甲乙海洋协定" = "甲国海洋合作协定"\n', encoding="utf-8")
    report, store = built(sources, tmp_path / "kg")
    assert [str(error) for error in report.errors] == [
        "甲乙海洋协定 is to be 甲国海洋合作协定, which no document and no scheme names"
        " · aliases.toml:3 · a name that the guides or the schemes have"
    ]
    assert len(report.documents) == 2
    assert labels(store, "agreement/甲国海洋合作协定", "skos:altLabel") == ["甲乙海洋协定"]


def test_an_alias_of_a_listed_name_leads_to_the_thing_itself(tmp_path: Path) -> None:
    (tmp_path / "aliases.toml").write_text('[agencies]\n"某部" = "中国科技部"\n"科技厅" = "某部"\n', encoding="utf-8")
    identities = known(read_aliases([tmp_path]))
    assert {identities.identify("agencies", name).name for name in ("某部", "科技厅", "科技部")} == {"科学技术部"}


def test_an_alias_may_join_what_the_schemes_keep_apart(tmp_path: Path) -> None:
    (tmp_path / "aliases.toml").write_text(
        '[agencies]\n"西班牙科学和创新部" = "西班牙科学、创新与大学部"\n', encoding="utf-8"
    )
    identity = known(read_aliases([tmp_path])).identify("agencies", "西班牙王国科学和创新部")
    assert identity.name == "西班牙科学、创新与大学部"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[agreements\n", "cannot be read"),
        ('[treaties]\n"a" = "b"\n', "treaties is no kind"),
        ('"a" = "b"\n', "a is no kind"),
        ('[agreements]\n"a" = 3\n', "aliases.toml:2 · a name on either side"),
        ('[agreements]\n"a" = "《》"\n', "aliases.toml:2"),
        ('[agreements]\n"a" = "a"\n', "a is another name of itself · "),
        ('[agreements]\n\n"a" = "b"\n"b" = "a"\n', "another name of itself · "),
        ('[agencies]\n"科学技术部" = "中国科技部"\n', "another name of itself · "),
        ('[agreements]\n"a b" = "c"\n"ab" = "d"\n', "another name of two things"),
        ('[agreements]\n"a" = "c"\n"a" = "d"\n', "cannot be read"),
        ("\xff", "cannot be read"),
    ],
)
def test_a_broken_file_is_refused_in_one_line_and_the_old_graph_stands(
    sources: Path, tmp_path: Path, text: str, told: str
) -> None:
    build([sources], tmp_path / "kg")
    before = (tmp_path / "kg/graph.trig").read_bytes()
    (sources / "aliases.toml").write_bytes(text.encode("latin-1" if text == "\xff" else "utf-8"))
    with pytest.raises(RuleError) as error:
        build([sources], tmp_path / "kg")
    assert told in str(error.value)
    assert str(sources / "aliases.toml") in str(error.value)
    assert "\n" not in str(error.value)
    assert (tmp_path / "kg/graph.trig").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("kg")] == ["kg"]


# ---- what may be one ----


def near(kind: str, *names: str, apart: bool = False) -> list[Likeness]:
    mentions = {str(place): [Mention(kind, name, name)] for place, name in enumerate(names)}
    if apart:
        mentions = {"0": [Mention(kind, name, name) for name in names]}
    return list(find_likenesses(mentions, known(), read_vocabulary()))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("agreements", "中华人民共和国政府和泰国政府海洋合作协定", "中泰政府间海洋合作协定"),
        ("agreements", "中国科学技术部与泰国某署关于海洋合作的谅解备忘录", "中国科技部和泰国某署海洋合作备忘录"),
        ("agencies", "泰王国某某研究署", "泰国国家某某研究署"),
        ("programmes", "战略性科技创新合作", "战略性国际科技创新合作"),
        ("keywords", "阿尔茨海默病", "阿尔兹海默病"),
        ("keywords", "CO2捕集", "co2捕集"),
    ],
)
def test_names_that_may_be_one_are_proposed(kind: str, one: str, other: str) -> None:
    assert [{pair.name, pair.other} for pair in near(kind, one, other)] == [{one, other}]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("agreements", "中泰科技合作联委会第12次会议纪要", "中韩科技合作联委会第12次会议纪要"),
        ("agreements", "中泰科技合作联委会第11次会议纪要", "中泰科技合作联委会第12次会议纪要"),
        ("agreements", "关于2019年海洋合作的协议", "关于2020年海洋合作的协议"),
        ("agencies", "西班牙科学和创新部", "西班牙科学、创新与大学部"),
        ("keywords", "作物多样性", "生物多样性"),
        ("keywords", "神经微分方程", "随机微分方程"),
    ],
)
def test_names_of_two_things_are_not_proposed(kind: str, one: str, other: str) -> None:
    assert near(kind, one, other) == []


def test_a_misprint_of_a_listed_name_is_proposed_with_the_listed_name_to_keep() -> None:
    (found,) = near("agencies", "蒙古国教育文化科学体育部科技政策处")
    assert (found.name, found.why) == ("蒙古教育文化科学体育部科技政策司", "one character differs")


def contacts(*rows: tuple[str, str, str, str]) -> list[tuple[str, str, str]]:
    mentions: dict[str, list[Mention]] = {}
    for document, name, person, phone in rows:
        mentions.setdefault(document, []).append(Mention("contacts", name, name, person, (phone,) if phone else ()))
    return [(one.name, one.other, one.why) for one in find_likenesses(mentions, known(), read_vocabulary())]


def test_contacts_with_one_name_one_phone_or_nearly_one_address_are_proposed() -> None:
    assert contacts(("a", "x@a.cn", "Kim Yun-sook", ""), ("b", "y@b.cn", "Yun Sook KIM", "")) == [
        ("x@a.cn", "y@b.cn", "the same person's name")
    ]
    assert contacts(("a", "x@a.at", "", ""), ("b", "x@a.et", "", "")) == [
        ("x@a.at", "x@a.et", "nearly the same address")
    ]
    assert contacts(("a", "x@a.cn", "甲", "0101"), ("b", "y@a.cn", "乙", "0101")) == [
        ("x@a.cn", "y@a.cn", "the same phone")
    ]


def test_colleagues_who_share_a_phone_in_one_guide_are_two() -> None:
    assert contacts(("a", "x@a.cn", "甲", "0101"), ("a", "y@a.cn", "乙", "0101")) == []


def test_a_proposal_is_a_finding_that_says_what_to_write(sources: Path, tmp_path: Path) -> None:
    write(sources, "b", year=2022, agreement="甲国与乙国海洋合作的协定")
    build([sources], tmp_path / "kg")
    (row,) = findings(tmp_path / "kg", "identity.near")
    assert row["severity"] == "info"
    assert str(row["message"]).endswith('[agreements] "甲国和乙国海洋合作协定" = "甲国与乙国海洋合作的协定"')


def test_proposals_do_not_depend_on_the_order_of_documents() -> None:
    names = ["战略性科技创新合作", "战略性国际科技创新合作", "国际战略性科技创新合作"]
    assert near("programmes", *names, apart=True) == near("programmes", *reversed(names), apart=True) != []


def test_a_thousand_names_are_compared_in_little_time() -> None:
    import time

    names: Iterable[str] = [f"第{number}类关键词方法" for number in range(4000)]
    began = time.process_time()
    near("keywords", *names)
    assert time.process_time() - began < 5
