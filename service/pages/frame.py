"""What every page has: its head, its style, a way past the navigation, and a policy that lets nothing else in."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib import resources

from service.pages.html import Html, Part, element, joined

STYLE = resources.files("service.pages").joinpath("style.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()

LETS_IN = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
"""The content security policy (CSP3) of every page, also when it is opened as a file: its own style, and no more."""

HEADERS = {
    "content-security-policy": f"{LETS_IN}; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
"""The headers of a page. Who may frame it can be said in a header only."""


def page(title: str, *body: Part, navigation: Iterable[tuple[str, str]] = ()) -> str:
    """A whole page. `navigation` are addresses and what they are called, shown above the heading."""
    ways = [element("a", name, href=address) for address, name in navigation]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=LETS_IN),
        element("title", f"{title} · Planclock"),
        Html(f"<style>{STYLE}</style>"),
    )
    shown = element(
        "body",
        element("a", "Skip to what the page says", class_="skip", href="#main"),
        element("header", element("p", "Planclock", class_="name"), _navigation(ways)),
        element("main", element("h1", title), *body, id_="main"),
    )
    return f'<!doctype html>\n<html lang="en-GB">{joined(head, shown).written}</html>\n'


def _navigation(ways: list[Html]) -> Html | None:
    return element("nav", *ways, aria_label="Elsewhere") if ways else None


def contents(sections: Iterable[tuple[str, str]]) -> Html:
    """What the page holds: each section's id and heading."""
    found = [element("li", element("a", heading, href=f"#{id_}")) for id_, heading in sections]
    return element(
        "nav", element("h2", "On this page"), element("ol", *found), class_="contents", aria_label="On this page"
    )
