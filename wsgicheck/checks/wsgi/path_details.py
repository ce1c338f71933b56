"""Paths in which several details of PATH_INFO meet (PEP 3333, environ Variables; RFC 3875, 4.1.5).

Most paths have nothing to decode, and take another way than the few that do.
"""

from __future__ import annotations

from ...authoring import Exchange, Request, check, environ_of, expect, inconclusive
from ...spec import pep3333

MIXED = "/plus+and%20space%2Bplus;p=1%3Bq/100%25+;x=%7E~/:a%3ab@%40"
DECODED = "/plus+and space+plus;p=1;q/100%+;x=~~/:a:b@@"


def _path_of(exchange: Exchange) -> str:
    """Return PATH_INFO; inconclusive where the server decodes nothing, for which another check fails."""
    environ = environ_of(exchange)
    got = "" if environ.lacks("PATH_INFO") else environ["PATH_INFO"]
    if got == exchange.target.partition("?")[0]:
        inconclusive("the path arrived encoded: path-info-decoded fails for it where that is the rule")
    return got


@check(
    "path-info-signs-kept-beside-escapes",
    requires=pep3333.PATH_INFO,
    send=Request(target=MIXED + "?a+b"),
)
def path_info_signs_kept_beside_escapes(exchange: Exchange) -> None:
    """Plus signs, parameters, colons and tildes stay what they are in a path that has escapes as well.

    A function that decodes forms, called where there is a "%", makes spaces of plus signs: the file
    "C++ notes" is not found, and "C++" is.
    """
    got = _path_of(exchange)
    expect(got == DECODED, "PATH_INFO", want=DECODED, got=got)


@check(
    "path-info-slash-alike-in-both-cases",
    requires=pep3333.PATH_INFO,
    send=Request(target="/a%2Fb%2fc%20d"),
)
def path_info_slash_alike_in_both_cases(exchange: Exchange) -> None:
    """ "%2F" and "%2f" arrive alike, decoded or kept.

    They are the same octet. Whoever keeps one of them apart from the path keeps nothing apart from it.
    """
    got = _path_of(exchange)
    kept = "/a%2Fb%2Fc d"
    fair = got == "/a/b/c d" or got.replace("%2f", "%2F") == kept
    expect(fair, "PATH_INFO", want=f"/a/b/c d or {kept}", got=got)


@check(
    "path-info-of-many-slashes-whole-or-merged",
    requires=pep3333.PATH_INFO,
    send=Request(target="/a//b///c%20//"),
)
def path_info_of_many_slashes_whole_or_merged(exchange: Exchange) -> None:
    """Slashes in a row, in the middle of a path and at its end, are all kept beside escapes, or merged.

    An address within an address is such a path, and so is a key of an object store.
    """
    got = _path_of(exchange)
    expect(got in ("/a//b///c //", "/a/b/c /"), "PATH_INFO", want="/a//b///c //", got=got)
