"""Where must not be connected to, however it is spelt, is not."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.errors import ConfigError, RejectError
from siaga.collect.fetch.address import check_address, networks
from siaga.collect.fetch.target import same_site, target_of
from siaga.collect.fetch.wire import Limits, ask

BLOCKED = {
    "private": ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12::1"),
    "loopback": ("127.0.0.1", "127.1.2.3", "::1"),
    "link-local": ("169.254.169.254", "fe80::1", "fe80::1%eth0"),
    "cgnat": ("100.64.0.1", "100.127.255.254"),
    "nat64": ("64:ff9b::7f00:1", "64:ff9b:1::7f00:1"),
    "6to4": ("2002:7f00:1::", "192.88.99.1"),
    "teredo": ("2001:0:4136:e378:8000:63bf:3fff:fdd2",),
    "multicast": ("224.0.0.1", "239.255.255.250", "ff02::1"),
    "mapped": ("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1"),
    "unspecified": ("0.0.0.0", "::", "255.255.255.255"),  # noqa: S104 - that it is refused is what is tested
    "documentation": ("192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "198.18.0.1"),
}
PUBLIC = ("8.8.8.8", "1.1.1.1", "103.10.10.10", "2606:4700::1111", "2404:6800:4003::200e")
ODD = (
    "http://0x7f.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f000001/",
    "http://127.0.0.1.nip.0x1/", "http://１２７.0.0.1./", "http://[fe80::1%25eth0]/",
)  # fmt: skip


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every connection that is opened; none should be."""
    opened: list[object] = []

    def refuse(address: object, *_: object, **__: object) -> socket.socket:
        opened.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return opened


@pytest.mark.parametrize("address", [one for several in BLOCKED.values() for one in several])
def test_an_address_that_is_not_public_is_refused_before_a_socket_opens(address: str, no_socket: list[object]) -> None:
    with pytest.raises(RejectError) as refused:
        ask(target_of("http://news.example/"), {}, Limits(), lambda _host, _port: (address,))
    assert (refused.value.code, no_socket) == ("blocked_address", [])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_connected_to_as_it_was_checked(address: str, no_socket: list[object]) -> None:
    with pytest.raises(RejectError) as refused:
        ask(target_of("http://news.example/"), {}, Limits(), lambda _host, _port: (address,))
    assert (refused.value.code, no_socket) == ("unreachable", [(address, 80)])


def test_of_the_addresses_of_a_host_only_those_that_may_be_are_connected_to(no_socket: list[object]) -> None:
    with pytest.raises(RejectError):
        ask(target_of("http://a.example/"), {}, Limits(), lambda _host, _port: ("127.0.0.1", "8.8.8.8", "::1"))
    assert no_socket == [("8.8.8.8", 80)]


def test_the_resolver_is_asked_once_so_that_it_cannot_answer_otherwise_the_second_time(no_socket: list[object]) -> None:
    answers = iter([("8.8.8.8",), ("127.0.0.1",)])
    with pytest.raises(RejectError):
        ask(target_of("http://rebinding.example/"), {}, Limits(), lambda _host, _port: next(answers))
    assert no_socket == [("8.8.8.8", 80)]


@pytest.mark.parametrize("url", ODD)
def test_a_host_of_numbers_that_is_spelt_oddly_is_refused(url: str) -> None:
    with pytest.raises(RejectError) as refused:
        check_address(target_of(url).host)
    assert refused.value.code == "blocked_address"


@given(st.integers(0, 2**32 - 1))
def test_whatever_ipv4_says_is_not_global_is_refused(number: int) -> None:
    from ipaddress import IPv4Address  # noqa: PLC0415

    address = IPv4Address(number)
    if not address.is_global:
        with pytest.raises(RejectError):
            check_address(str(address))


def test_networks_that_a_workspace_allows_may_be_connected_to_and_no_others() -> None:
    allowed = networks(("10.1.0.0/16", "fd00:1::/32"))
    assert str(check_address("10.1.2.3", allowed)) == "10.1.2.3"
    assert str(check_address("fd00:1::5", allowed)) == "fd00:1::5"
    with pytest.raises(RejectError):
        check_address("10.2.0.1", allowed)
    with pytest.raises(ConfigError, match="allow_networks"):
        networks(("10.1.0.1/16",))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a.example/", "not_http"), ("file:///etc/passwd", "not_http"), ("javascript:alert(1)", "not_http"),
        ("gopher://a.example/", "not_http"), ("//a.example/", "not_http"), ("http://a.example:22/", "blocked_port"),
        ("https://a.example:8443/", "blocked_port"), ("http://a.example:99999/", "bad_address"),
        ("http:///path", "bad_address"), ("http://a b.example/", "bad_address"), ("http://[::1/", "bad_address"),
        ("http://a.example/" + "x" * 5000, "bad_address"),
    ],
)  # fmt: skip
def test_only_the_web_on_its_own_ports_is_asked(url: str, code: str) -> None:
    with pytest.raises(RejectError) as refused:
        target_of(url)
    assert refused.value.code == code


def test_addresses_are_written_in_one_way() -> None:
    one = target_of("HTTPS://User:pw@News.Example.:443/a%7eb/c d?utm_source=x&id=7&fbclid=y#top")
    assert (one.url, one.userinfo) == ("https://news.example/a~b/c%20d?id=7", "User:pw")
    assert target_of("http://münchen.example/ä?q=ü").url == "http://xn--mnchen-3ya.example/%C3%A4?q=%C3%BC"
    assert target_of("https://a.example").url == "https://a.example/"


@given(st.text(max_size=60))
def test_an_address_that_is_taken_is_the_same_taken_again(path: str) -> None:
    try:
        once = target_of(f"https://a.example/{path}").url
    except RejectError:
        return
    assert target_of(once).url == once


def test_sites_are_told_apart_by_the_registered_name() -> None:
    assert same_site("https://m.kompas.com/a", "https://nasional.kompas.com/b")
    assert not same_site("https://a.go.id/", "https://b.go.id/")
    assert not same_site("https://kompas.com.evil.example/", "https://kompas.com/")
    assert not same_site("http://127.0.0.1/", "http://127.0.0.2/")
