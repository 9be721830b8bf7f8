"""Web addresses come out whole, however a page has broken them, and end where the sentence goes on."""

from __future__ import annotations

import pytest

from kg_build.fields.urls import read_urls
from tests.making import make_block


def read(said: str) -> list[str]:
    return [url.value for url in read_urls(make_block(f"其他要求：1）链接{said}"))]


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ("见http://www.example.org/a_b.php)；其他", "http://www.example.org/a_b.php"),
        ("：https://example.org/；7)项目", "https://example.org/"),
        ("网址为 www.example.no。", "www.example.no"),
        ("网址：example.org/call，下载", "example.org/call"),
        (": https://ec.example.eu/what-work-program me;中欧方案", "https://ec.example.eu/what-work-programme"),
        ("：h ttps://example.org/x_ y_0. pdf，欧方", "https://example.org/x_y_0.pdf"),
        ("：http://example.go. kr。", "http://example.go.kr"),
        ("：http://example.org/a?b=1&c=2，", "http://example.org/a?b=1&c=2"),
        ("：http://example.org/(v2)/a。", "http://example.org/(v2)/a"),
        ("：www.example.org Email: a@example.org", "www.example.org"),
        ("：http://example.org/guide.pdf and others", "http://example.org/guide.pdf"),
        ("：http://example.org/calls integrated approaches to food", "http://example.org/calls"),
    ],
)
def test_an_address_ends_where_it_ends(said: str, want: str) -> None:
    assert read(said) == [want]


@pytest.mark.parametrize("said", ["邮箱：a@www.example.org。", "采用http协议", "网址见附件", "www和移动网络"])
def test_what_is_no_address_is_none(said: str) -> None:
    assert read(said) == []


def test_each_address_is_given_once_in_order() -> None:
    assert read("：http://b.example/x；http://a.example/y；http://b.example/x。") == [
        "http://b.example/x",
        "http://a.example/y",
    ]


@pytest.mark.parametrize("after", ["，其他", "；8）联系", "。"])
@pytest.mark.parametrize(
    "url", ["http://ec.europa.example/pdf/most_faq_cfm_en.pdf", "https://cloud.example/t/RJVzEbNfqeie"]
)
def test_an_address_is_whole_wherever_a_line_breaks_it(url: str, after: str) -> None:
    for at in range(1, len(url)):
        broken = f"{url[:at]}\n{url[at:]}"
        assert read(f"：{broken}{after}") == [url], broken


def test_the_span_covers_the_broken_address() -> None:
    block = make_block("其他要求：方案见http://example.org/en.p\ndf，其他。")
    (url,) = read_urls(block)
    assert (url.value, block.say(url.span)) == ("http://example.org/en.pdf", "http://example.org/en.p df")


WRITTEN = {
    "登录国家科技管理信息系统（https://service.example.gov.cn）填报": ["https://service.example.gov.cn"],
    "详见https://www.example.org/it-cn/call2020.html。": ["https://www.example.org/it-cn/call2020.html"],
    "网址https://example.org/a/b?id=3&x=4；": ["https://example.org/a/b?id=3&x=4"],
    "（\nhttps://sti.example.org/apply）；": ["https://sti.example.org/apply"],
    "网站：HTTP://WWW.EXAMPLE.ORG/Call": ["HTTP://WWW.EXAMPLE.ORG/Call"],
    "官方网站为 example.org/call2022。": ["example.org/call2022"],
    "官网（example.org）发布": ["example.org"],
    "请访问service.example.gov.cn进行填报": ["service.example.gov.cn"],
    "登录 http://example.org:8080/sys/ 填报": ["http://example.org:8080/sys/"],
    "https://example.org/a、https://example.org/b": ["https://example.org/a", "https://example.org/b"],
    "https://example.org/a;https://example.org/b": ["https://example.org/a", "https://example.org/b"],
    "见 https://example.org/a 和 www.example.com/b 的说明": ["https://example.org/a", "www.example.com/b"],
    "https://example.org/中文/a": ["https://example.org/"],
    "网址：http：//www.example.org/index.htm": ["http://www.example.org/index.htm"],
    "http://www.example.org/calls/2021-joint-\ncall.pdf": ["http://www.example.org/calls/2021-joint-call.pdf"],
    "https://exam\nple.org/a": ["https://example.org/a"],
    "https://example.org/a_(b).html）": ["https://example.org/a_(b).html"],
    "邮箱：a@example.org，网址：www.example.org": ["www.example.org"],
    "公告链接:https://example.org/x#sec-2。": ["https://example.org/x#sec-2"],
    "网址：https://example.org/~user/a%20b": ["https://example.org/~user/a%20b"],
    "发布于example.org网站": ["example.org"],
    "详见example.org/call.pdf": ["example.org/call.pdf"],
    "点击https://example.org/form下载申请表": ["https://example.org/form"],
    "“https://example.org/q”": ["https://example.org/q"],
    "<https://example.org/q>": ["https://example.org/q"],
    "https://example.org/call, 邮箱：b@example.org": ["https://example.org/call"],
    "https://example.org.": ["https://example.org"],
}


@pytest.mark.parametrize("said", WRITTEN)
def test_addresses_are_found_however_a_guide_writes_them(said: str) -> None:
    assert [url.value for url in read_urls(make_block(f"其他要求：1）{said}"))] == WRITTEN[said]


@pytest.mark.parametrize("said", ["见附录A.1", "版本为V2.0", "登录系统", "精度为0.1mm.网站"])
def test_what_only_looks_like_an_address_is_none(said: str) -> None:
    assert read_urls(make_block(f"其他要求：1）{said}")) == ()
