"""Sizes as people write them."""

from __future__ import annotations

import pytest

from wsgicheck.model.size import octets_of


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("64M", 64 * 1024**2),
        ("512m", 512 * 1024**2),
        ("2G", 2 * 1024**3),
        ("2 GiB", 2 * 1024**3),
        ("2GB", 2 * 1024**3),
        ("67108864", 64 * 1024**2),
        ("65536K", 64 * 1024**2),
        ("none", 0),
    ],
)
def test_a_size(text: str, octets: int) -> None:
    assert octets_of(text) == octets


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no size"),
        ("2T", "no size"),
        ("-1G", "no size"),
        ("1.5G", "no size"),
        ("\u0662G", "no size"),
        ("67108863", "less than 64M"),
        ("0", "no size"),
    ],
)
def test_what_is_none_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        octets_of(text)
    assert repr(text) in str(caught.value)
