"""Whom to ask is read from lists of any order: who has which number, and whose house it is."""

from __future__ import annotations

import pytest

from kg_build.fields.contacts import read_call_contacts, read_contacts
from kg_build.records import Contact
from kg_build.rules import read_rulebook
from kg_build.sections import split_sections
from kg_build.slots import read_margins
from tests.making import make_block, make_text

Row = tuple[str | None, str | None, list[str], list[str], list[str]]


def row(contact: Contact) -> Row:
    name, org = (None if part is None else part.value for part in (contact.name, contact.org))
    phones, faxes, emails = ([v.value for v in part] for part in (contact.phones, contact.faxes, contact.emails))
    return name, org, phones, faxes, emails


def read(said: str) -> list[Row]:
    return [row(contact) for contact in read_contacts(make_block(f"其他要求：1）项目执行期3年；\n2）{said}"))]


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ("泰方联系人: Somchai Dee,电话: +66-2-5118117,邮箱: s.dee@example.or.th。", ("Somchai Dee", None, ["+66-2-5118117"], [], ["s.dee@example.or.th"])),
        ("德方联系人：Dr. Eva Lind，电话：+49 228/3821-1423，邮箱：e@dlr.example", ("Eva Lind", None, ["+49 228/3821-1423"], [], ["e@dlr.example"])),
        ("瑞方联系人为Åsa Öberg，电话：+46（0）8-4733130，邮件：a@b.se。", ("Åsa Öberg", None, ["+46（0）8-4733130"], [], ["a@b.se"])),
        ("韩方联系人：韩国某某财团，JISOO Woo，电话：+82 -2-3460-5702。", ("JISOO Woo", "韩国某某财团", ["+82-2-3460-5702"], [], [])),
        ("韩方联系人：韩国某某财团Min Soo KIM，电子邮箱：k@nrf.example.kr。", ("Min Soo KIM", "韩国某某财团", [], [], ["k@nrf.example.kr"])),
        ("日方联系人：日本某研国际课陈小明，电话：+81-48-476-9261。", ("陈小明", "日本某研国际课", ["+81-48-476-9261"], [], [])),
        ("蒙方联系人: BOLD Dorj,某国教育部科技司官员,电话: 0976-51-260325、976-99056252。", ("BOLD Dorj", "某国教育部科技司", ["0976-51-260325", "976-99056252"], [], [])),
        ("澳门方联系方式：澳门某某基金王小红女士，电话：00853-66392829，传真：00853-11112222。", ("王小红", "澳门某某基金", ["00853-66392829"], ["00853-11112222"], [])),
        ("匈方联系人:匈牙利某某署, Anna Kiss女士,电邮: a.kiss@nk.example,电话: +36-1-8965505。", ("Anna Kiss", "匈牙利某某署", ["+36-1-8965505"], [], ["a.kiss@nk.example"])),
        ("南非方联系人：Ms.Thandi Nkosi，邮箱：t@nrf.example.za。", ("Thandi Nkosi", None, [], [], ["t@nrf.example.za"])),
        ("泰方联系人：其他事宜请联系Eva Lind，电话：+46-8-4733130。", ("Eva Lind", None, ["+46-8-4733130"], [], [])),
        ("欧方联系邮箱: Delegation-Tech@eeas.example.eu。", (None, None, [], [], ["Delegation-Tech@eeas.example.eu"])),
        ("某国创新署联系人：Jan de Vries，电话：010-58881072转805。", ("Jan de Vries", "某国创新署", ["010-58881072转805"], [], [])),
        ("奥方主管部门为联邦教育部，奥方联系人：Max Muster-Mann, 电邮：max@oead.example。", ("Max Muster-Mann", None, [], [], ["max@oead.example"])),
        ("申请表请发送至call@cdti.example。", (None, None, [], [], ["call@cdti.example"])),
        ("芬方联系人：米娜(Mina)，电话：+86 134 8274 6884。", ("米娜(Mina)", None, ["+86 134 8274 6884"], [], [])),
    ],
)  # fmt: skip
def test_one_contact_is_read_in_many_layouts(said: str, want: Row) -> None:
    assert read(said) == [want]


def test_a_list_keeps_each_person_with_what_follows() -> None:
    assert read("挪方联系人为：Ola Nord，电邮:o@rcn.example，电话: +47-97684084；Kari Sør，电邮:k@rcn.example；某理事网址为www.rcn.example。") == [
        ("Ola Nord", None, ["+47-97684084"], [], ["o@rcn.example"]),
        ("Kari Sør", None, [], [], ["k@rcn.example"]),
    ]  # fmt: skip


def test_the_head_of_a_list_serves_all_of_it() -> None:
    said = "香港方联系方式：香港某某署李小美女士，电邮：a@itc.example；吴小玲女士，电邮：b@itc.example。"
    assert [(name, org) for name, org, *_ in read(said)] == [("李小美", "香港某某署"), ("吴小玲", "香港某某署")]


def test_parallel_lists_are_paired_in_order() -> None:
    assert read("联系人：张小三、李小四，电话：010-5888101、010-5888102，邮箱：z@a.example、l@a.example。") == [
        ("张小三", None, ["010-5888101"], [], ["z@a.example"]),
        ("李小四", None, ["010-5888102"], [], ["l@a.example"]),
    ]


def test_a_list_ends_with_its_item() -> None:
    said = "泰方联系人: Somchai Dee,邮箱: s@th.example. 3)泰国国家研究署负责受理; 4)其他"
    assert [(name, org) for name, org, *_ in read(said)] == [("Somchai Dee", None)]


@pytest.mark.parametrize(
    "said", ["泰方联系方式请见网址：https://www.example.org/。", "须提供联系人信息，文件见附件。", "项目负责人：须具有高级职称。"]
)  # fmt: skip
def test_where_nobody_is_named_nobody_is_found(said: str) -> None:
    assert read(said) == []


@pytest.mark.parametrize("address", ["mk.yuen@itc.gov.hk", "lucia-s@now-gmbh.de", "kim_y@nrf.re.kr", "wtz@oead.org"])
def test_an_address_is_whole_wherever_a_line_breaks_it(address: str) -> None:
    for at in range(1, len(address)):
        broken = f"{address[:at]}\n{address[at:]}"
        found = read(f"联系人：Eva Lind，邮箱：{broken}；Petra Bo，电话：010-5888101")
        assert [emails for *_, emails in found] == [[address], []], broken


def test_the_span_covers_the_broken_address_and_the_value_is_whole() -> None:
    block = make_block("其他要求：联系人：Eva Lind，邮箱：eva@it\nc.example.hk。")
    (contact,) = read_contacts(block)
    assert contact.emails[0].value == "eva@itc.example.hk"
    assert block.say(contact.emails[0].span) == "eva@it c.example.hk"


def test_a_latin_name_is_mended_where_a_line_breaks_a_word_of_it() -> None:
    assert [
        name for name, *_ in read("联系人：Soma\nchai de\nVries，电话：010-5888101；Eva\nLind，电话：010-5888102。")
    ] == [
        "Somachai de Vries",
        "Eva Lind",
    ]


def test_the_call_names_persons_only() -> None:
    guide = "某专项2022年度项目申报指南\n1.1 联合研究\n研究内容：研究。\n形式审查条件要求\n1.推荐函。\n本专项形式审查责任人：张小三、李小四\n咨询邮箱：a@b.example"
    text = make_text(guide)
    margins = read_margins(text, split_sections(text, read_rulebook()), read_rulebook())
    assert [row(contact)[0] for contact in read_call_contacts(margins)] == ["张小三", "李小四"]
