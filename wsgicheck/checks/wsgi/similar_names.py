"""Field names that resemble one another, and are different names all the same (PEP 3333, environ Variables).

Servers keep the variables of names that they have seen, and know common names by their length, their first
letters or a sum of their octets. Names are equal where all of their letters are, in any case.
"""

from __future__ import annotations

from ...authoring import Exchange, Request, check, environ_of, expect, inconclusive
from ...spec import pep3333


def _alike(*lengths: int) -> tuple[str, ...]:
    """Return pairs of names of one length that begin alike, for so many octets, and end apart."""
    return tuple(f"X-Alike-{'a' * (length - 8)}-{end}" for length in lengths for end in ("One", "Two"))


SIMILAR = (
    *_alike(16, 24, 32, 40, 64, 80),
    *("X-Alike-in-1-Middle", "X-Alike-in-2-Middle", "A-Tail-That-Is-Alike", "B-Tail-That-Is-Alike"),
    *("X-Alike-Ab-Ba", "X-Alike-Ba-Ab", "X-Alike", "X-Alike-", "X-Alikes", "X--Alike"),
)
KNOWN_ALIKE = (
    *("Content-Typo", "Content-Types", "Content-Lenght", "Content-Lengths", "Contents-Type", "Hosts", "Hast"),
    *("Connections", "Connectiom", "Cookies", "Cookit", "Expects", "Expert", "Transfer-Encodings"),
    *("Transfer-Encodinh", "User-Agents", "User-Agens", "Accepts", "Acceps", "Referers", "If-None-Matchs"),
)


def _values(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"value {number} of its own") for number, name in enumerate(names))


def _expect_own_values(exchange: Exchange, names: tuple[str, ...]) -> None:
    """Fail where a variable has another value than that of its field; one that is absent is no other's."""
    environ = environ_of(exchange)
    found = 0
    for name, want in _values(names):
        key = "HTTP_" + name.upper().replace("-", "_")
        if key in environ:
            found += 1
            expect(environ[key] == want, key, want=want, got=environ[key])
    if found < len(names) // 2:
        inconclusive(f"{found} of {len(names)} fields have a variable")


@check(
    "similar-field-names-not-mixed-up",
    requires=pep3333.HTTP_VARIABLE_NAMES,
    send=Request(headers=_values(SIMILAR)),
)
def similar_field_names_not_mixed_up(exchange: Exchange) -> None:
    """Fields whose names begin alike, end alike, or have the same letters have a variable each.

    A table of names that is kept by a part of them gives one field the variable of another: X-Forwarded-Proto
    is as long as X-Forwarded-Photo.
    """
    _expect_own_values(exchange, SIMILAR)


@check(
    "field-names-similar-to-known-ones-not-mixed-up",
    requires=pep3333.HTTP_VARIABLE_NAMES,
    send=Request(headers=_values(KNOWN_ALIKE)),
)
def field_names_similar_to_known_ones_not_mixed_up(exchange: Exchange) -> None:
    """A field whose name is nearly that of a field with a meaning is any other field.

    Whoever knows Content-Length by its fourteen octets, or by its first seven, waits for content that does
    not come, or takes the next request for it.
    """
    environ = environ_of(exchange)
    for key in ("CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_COOKIE", "HTTP_TRANSFER_ENCODING"):
        got = environ.get(key, "")
        expect(" of its own" not in got, key, want="absent or empty", got=got)
    _expect_own_values(exchange, KNOWN_ALIKE)


UNUSUAL = (
    *("3D-Model", "9", "X", "X.Dot", "X!Mark", "X~Tilde", "X*Star", "X#Sign", "X$Dollar", "X%Percent"),
    *("X&And", "X'Quote", "X+Plus", "X^Hat", "X`Tick", "X|Bar", "-Dash", "X-", "X---Y"),
)


@check(
    "fields-of-unusual-names-not-lost",
    requires=pep3333.HTTP_VARIABLES,
    send=Request(headers=_values(UNUSUAL)),
    control=Request(headers=_values(("X-Usual", "X-Ordinary"))),
)
def fields_of_unusual_names_not_lost(exchange: Exchange) -> None:
    """A field whose name begins with a digit, or has a sign that a token may have, is not silently left out.

    A proxy, a filter and the client see it, and the application alone does not. Which variable it has is not
    looked at: signs have none of their own. A request that is refused is no field that was lost.
    """
    if not exchange.app.called:
        return
    values = set(environ_of(exchange).values.values())
    joined = " ".join(values)
    lost = [name for name, want in _values(UNUSUAL) if want not in joined]
    expect(not lost, "fields that no variable has", want="none", got=" ".join(lost))
