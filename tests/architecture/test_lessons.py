"""``wsgicheck explain`` teaches: every check has all the parts of a lesson."""

from __future__ import annotations

import re

import pytest

from tests.topics import BY_TOPIC, each_topic
from wsgicheck.catalog import all_checks, find
from wsgicheck.model.check import Check
from wsgicheck.reporters.explanation import accepted, harm, render
from wsgicheck.reporters.lessons import ELSEWHERE, LESSONS, SERVED, lesson
from wsgicheck.reporters.lessons.entry import REFUSAL

PARTS = (
    "What is accepted: ",
    "What is sent\n    ",
    "A minimal application that shows it (save it as app.py, serve app:application)\n    ",
    "What to look at first when it fails: ",
)


def solid(text: str) -> str:
    """Return text without its white space: a page is wrapped, also behind hyphens."""
    return re.sub(r"\s+", "", text)


@each_topic
def test_an_explanation_has_all_its_parts(checks: list[Check]) -> None:
    for check in checks:
        page = render(check, find)
        assert page.startswith(check.id), f"{check.id}: {page[:80]}"
        assert solid(check.law.quote) in solid(page) and check.law.url in page, check.id
        for part in PARTS:
            assert part in page, check.id
        assert "application" in page.partition(PARTS[2])[2].partition(PARTS[3])[0], check.id
        has_control = "The control, which must reach the application" in page
        assert has_control == (check.control is not None), check.id


def test_the_harm_is_told_and_not_only_pointed_at() -> None:
    for check in all_checks():
        told = re.sub(r"\bSee (``[a-z0-9-]+``( and )?)+[.;:]?", "", harm(check, find))
        assert len(told.split()) >= 4, f"{check.id}: {told}"


def test_what_is_accepted_is_said() -> None:
    assert [check.id for check in all_checks() if len(accepted(check).split()) < 4] == []


@pytest.mark.parametrize("topic", sorted(LESSONS))
def test_a_lesson_is_of_a_topic_that_exists_and_says_both(topic: str) -> None:
    assert topic in BY_TOPIC
    told = LESSONS[topic]
    assert told.accepted.endswith(".") and told.look_at.endswith(".")
    assert min(len(told.accepted.split()), len(told.look_at.split())) >= 3


def test_nearly_every_topic_has_a_lesson_of_its_own() -> None:
    general = [topic for topic in BY_TOPIC if lesson(*topic.split("/")) is ELSEWHERE]
    assert len(general) <= 0.1 * len(BY_TOPIC), general


@pytest.mark.parametrize(
    ("id", "says"),
    [("request-line-of-8000-octets-served", SERVED), ("target-with-space-refused", REFUSAL)],
)
def test_what_is_to_be_served_is_not_said_to_be_refused(id: str, says: str) -> None:
    words = accepted(find(id))
    assert words.startswith(says)
    assert ("A refusal counts where" in words) == (says == REFUSAL)
