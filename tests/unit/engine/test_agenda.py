"""What is conducted together comes first, and what has an application loaded goes to one copy alone."""

from __future__ import annotations

from wsgicheck.engine.agenda import ALONE_WEIGHT, ENDER_WEIGHT, Agenda
from wsgicheck.engine.conduct import Delivery
from wsgicheck.engine.events import Progress
from wsgicheck.model.play import Play, Step
from wsgicheck.model.stimulus import Request, Storm

PLAIN = [Delivery(Request(target=f"/{number}"), Play()) for number in range(3)]
LOADING = [
    Delivery(Request(target=f"/{number}"), Play(application="sample_apps.site:application"))
    for number in range(2)
]
STORMS = [Delivery(Storm(b"%d" % number), Play()) for number in range(2)]
ENDERS = [Delivery(Request(), Play(before=(Step("raise_as", ("SystemExit", "x")),)))]


def test_what_loads_an_application_goes_to_the_leading_copy_and_first() -> None:
    agenda = Agenda([*PLAIN, *LOADING])
    leading = agenda.together(leading=True)
    assert [next(leading) for _ in range(3)] == [*LOADING, PLAIN[0]]


def test_another_copy_is_never_given_it_and_does_not_wait_for_it() -> None:
    agenda = Agenda([*PLAIN, *LOADING])
    assert list(agenda.together(leading=False)) == PLAIN
    assert not agenda.has_together(leading=False)
    assert agenda.has_together(leading=True)
    assert agenda.progress == Progress(3, 5)


def test_a_single_copy_is_given_all_of_it() -> None:
    agenda = Agenda([*PLAIN, *LOADING])
    assert set(agenda.together(leading=True)) == {*PLAIN, *LOADING}
    assert not agenda.has_together(leading=True)
    assert agenda.progress == Progress(5, 5)


def test_nothing_is_handed_out_any_more_once_a_copy_was_given_up() -> None:
    agenda = Agenda([*PLAIN, *LOADING])
    agenda.given_up.set()
    assert list(agenda.together(leading=True)) == []
    assert not agenda.has_together(leading=True)


def test_a_copy_goes_over_when_the_others_need_as_long_for_the_rest() -> None:
    others, at_once = 2, 1
    worth = ALONE_WEIGHT * (len(STORMS) + ENDER_WEIGHT * len(ENDERS)) * others
    many = [Delivery(Request(target=f"/{number}"), Play()) for number in range(worth + 1)]
    agenda = Agenda([*many, *STORMS, *ENDERS])
    handed_out = agenda.together(leading=False)
    assert not agenda.is_alone_due(others, at_once)
    next(handed_out)
    assert agenda.is_alone_due(others, at_once)
    assert list(agenda.alone(others)) == STORMS  # what has company is left for the others


def test_the_last_storms_are_left_to_the_others_for_what_may_end_a_worker() -> None:
    agenda = Agenda([*STORMS, *ENDERS])
    assert list(agenda.alone(others=1)) == []
    assert list(agenda.enders()) == ENDERS
    assert list(agenda.alone()) == STORMS
