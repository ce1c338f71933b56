"""What is accepted in each topic, and where to look first when a check of it fails.

A check's docstring has its rule and its harm. What its neighbours have in common stands here: which other
behaviour passes as well, and in which place of a server the fault mostly is. Keyed by room and topic.
"""

from __future__ import annotations

from . import frameworks, http, site, wsgi
from .entry import REFUSAL, Lesson

LESSONS: dict[str, Lesson] = {**wsgi.LESSONS, **http.LESSONS, **site.LESSONS, **frameworks.LESSONS}

BY_ENDING = {
    "-content-length-raises": "Any kind of error, as long as write() raises it.",
    "-raises": "Any kind of error, as long as start_response() raises it while the application is running.",
    "-raise": "Any kind of error, as long as start_response() raises it while the application is running.",
}
"""What is accepted by checks of one kind, whatever their topic."""
LAWFUL_ENDINGS = ("-served", "-characters-read", "-accepted", "-in-any-case", "-not-lowered")
"""Of checks that send what is lawful, in topics that are about what is not."""
SERVED = "Whatever serves the request, and sees in it what stands there: here it is a refusal that fails."

ELSEWHERE = Lesson(
    "Whatever the clause leaves open: only what the judge names is a fail.",
    "The timeline of the failed check: what the client sent, what the application saw, and what came back.",
)
"""For topics that have no lesson yet, such as those of extensions."""


def lesson(room: str, topic: str) -> Lesson:
    """Return the lesson of a topic, or what holds everywhere."""
    return LESSONS.get(f"{room}/{topic.replace('-', '_')}", ELSEWHERE)


def accepted_by(id: str, of_topic: Lesson) -> str:
    """Return what passes besides the plainest behaviour: by the kind of check, or as its topic says."""
    for ending, words in BY_ENDING.items():
        if id.endswith(ending):
            return words
    return SERVED if must_be_served(id, of_topic) else of_topic.accepted


def must_be_served(id: str, of_topic: Lesson) -> bool:
    """Return whether a check of a topic that is about refusals is itself about what is not to be refused."""
    return of_topic.accepted.startswith(REFUSAL) and id.endswith(LAWFUL_ENDINGS)
