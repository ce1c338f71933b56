"""What is accepted in each topic, and where to look first when a check of it fails.

A check's docstring has its rule and its harm. What its neighbours have in common stands here: which other
behaviour passes as well, and in which place of a server the fault mostly is. Keyed by room and topic.
"""

from __future__ import annotations

from . import frameworks, http, site, wsgi
from .entry import Lesson

LESSONS: dict[str, Lesson] = {**wsgi.LESSONS, **http.LESSONS, **site.LESSONS, **frameworks.LESSONS}

BY_ENDING = {
    "-content-length-raises": "Any kind of error, as long as write() raises it.",
    "-raises": "Any kind of error, as long as start_response() raises it while the application is running.",
    "-raise": "Any kind of error, as long as start_response() raises it while the application is running.",
}
"""What is accepted by checks of one kind, whatever their topic."""

ELSEWHERE = Lesson(
    "Whatever the clause leaves open: only what the judge names is a fail.",
    "The timeline of the failed check: what the client sent, what the application saw, and what came back.",
)
"""For topics that have no lesson yet, such as those of extensions."""


def lesson(room: str, topic: str) -> Lesson:
    """Return the lesson of a topic, or what holds everywhere."""
    return LESSONS.get(f"{room}/{topic.replace('-', '_')}", ELSEWHERE)


def accepted_of_id(id: str) -> str:
    """Return what checks of this kind accept, or nothing where their topic says it."""
    return next((words for ending, words in BY_ENDING.items() if id.endswith(ending)), "")
