import pytest

from tropa.domain.project import Cleaning
from tropa.events.cleaning import clean_address, cleaned
from tropa.events.log import log_from_rows


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/product/812?utm_source=mail#top", "/product/*"),
        ("https://shop.example/product/812/", "/product/*"),
        ("https://shop.example?from=mail", "/"),
        ("/order/550e8400-e29b-41d4-a716-446655440000/pay", "/order/*/pay"),
        ("/blog/how-to-grow-roses", "/blog/how-to-grow-roses"),
        ("/u/a8f3e29c77", "/u/*"),
        ("/", "/"),
        ("add_to_cart", "add_to_cart"),
        ("Заказ 812?", "Заказ 812?"),
    ],
)
def test_an_address_loses_what_is_a_visits_own(address, page):
    assert clean_address(address) == page


def test_names_are_hidden_then_cleaned_then_joined():
    names = ["/p/1?a=b", "/p/2", "ping", "checkout_start", "checkout_pay"]
    log = log_from_rows([("a", name, at) for at, name in enumerate(names)])
    rules = Cleaning(hide=("ping",), pages=True, join={"product": ("/p/*",), "checkout": ("checkout_*",)})
    found = cleaned(log, rules)
    assert [found.event.values[code] for code in found.event.codes] == ["product", "product", "checkout", "checkout"]
    assert cleaned(log, Cleaning()) is log
