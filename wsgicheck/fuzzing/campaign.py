"""A campaign: random cases until the time is over, each finding confirmed and shrunk, each told once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Union

from hypothesis import HealthCheck, Phase, Verbosity, given, reject, settings
from hypothesis import seed as seeded
from hypothesis.errors import HypothesisException, HypothesisWarning

from ..errors import ServerTrouble
from ..model.fuzzed import Breach, Campaign, Case, Discovery
from . import rules
from .bench import Bench, Trial
from .cases import cases
from .recording import to_json, to_word

ROUND = 100
"""What hypothesis calls the examples of one round: it draws several times as many cases before it gives up,
since a case that shows nothing new is rejected. Each round has a seed of its own."""
CONFIRMATIONS = 2
"""How often a breach must show again, each time that it is tried again, to be a finding."""
SHRINK_SECONDS = 15.0
SHRINK_DELIVERIES = 1500
"""What shrinking one finding may take."""
BARREN_ROUNDS = 20
"""Rounds in a row without a case, after which none is to be expected."""
IMPATIENT_SECONDS = 1.0
"""The longest wait for an answer, once it is known that the server leaves some requests without one."""


@dataclass(frozen=True)
class Order:
    """What is wanted of a campaign: until which of ``seconds`` and ``examples`` comes first."""

    server: str
    command: str
    seed: int
    seconds: float | None = 60.0
    examples: int | None = None
    timeout: float = 5.0
    findings: int | None = None
    """How many findings are enough."""
    shrink_seconds: float = SHRINK_SECONDS


@dataclass(frozen=True)
class Tried:
    """``examples`` cases have been delivered, ``seconds`` have passed."""

    examples: int
    seconds: float


@dataclass(frozen=True)
class Shrinking:
    """A breach was confirmed; the smallest octets that show it are looked for."""

    breach: Breach


@dataclass(frozen=True)
class Found:
    """A finding is ready to be told; ``recorded`` is its case as JSON."""

    discovery: Discovery
    recorded: str


Event = Union[Tried, Shrinking, Found]
Listener = Callable[[Event], None]


class _TimeIsOver(BaseException):
    """Ends a round from within; no error, so that hypothesis lets it pass."""


class _SmallEnough(BaseException):
    """Ends the search for the smallest case: it has cost what it may."""


class _Broken(Exception):
    """A confirmed breach of the rule that a round has come upon."""


class Fuzzer:
    """One campaign over one server."""

    def __init__(self, order: Order, listener: Listener) -> None:
        self.order = order
        self.tell = listener
        self.examples = 0
        self.unstable = 0
        self.discoveries: list[Discovery] = []
        self._known: set[str] = set()
        self._began = time.monotonic()

    def run(self) -> Campaign:
        """Fuzz; return what came of it. Raises ServerTrouble for a server that does not start."""
        trouble = None
        with Bench(self.order.command, self.order.timeout) as bench:
            self._bench = bench
            self._began = time.monotonic()
            number = barren = 0
            try:
                while not self.over():
                    tried = self.examples
                    self._conduct_round(number)
                    number += 1
                    barren = barren + 1 if self.examples == tried else 0
                    if barren == BARREN_ROUNDS:
                        raise ServerTrouble("hypothesis generates no more cases")
            except ServerTrouble as lost:
                trouble = lost.message
        return self._campaign(trouble)

    def _campaign(self, trouble: str | None) -> Campaign:
        return Campaign(
            server=self.order.server,
            command=self._bench.command_line,
            seed=self.order.seed,
            examples=self.examples,
            deliveries=self._bench.deliveries,
            unstable=self.unstable,
            seconds=time.monotonic() - self._began,
            discoveries=tuple(self.discoveries),
            trouble=trouble,
        )

    def over(self) -> bool:
        """Whether the time or the number of examples is used up, or enough was found."""
        seconds, examples, enough = self.order.seconds, self.order.examples, self.order.findings
        if enough is not None and len(self.discoveries) >= enough:
            return True
        if examples is not None and self.examples >= examples:
            return True
        return seconds is not None and time.monotonic() - self._began >= seconds

    def _conduct_round(self, number: int) -> None:
        hunt = _Hunt(self)
        with contextlib.suppress(_Broken, _SmallEnough, _TimeIsOver, HypothesisException):
            draw_cases(hunt.meet, round_seed(self.order.seed, number))
        if hunt.successful:
            discovery = hunt.discovery()
            self._known.add(discovery.breach.rule.id)
            if discovery.breach.rule in (rules.ANSWERED, rules.SURVIVED):
                self._bench.timeout = min(self._bench.timeout, IMPATIENT_SECONDS)
            self._tell(discovery)

    def replay(self, case: Case) -> Campaign:
        """Deliver one case as often as confirming takes; return what it shows each time."""
        self.examples, trouble = 1, None
        with Bench(self.order.command, self.order.timeout) as bench:
            self._bench = bench
            self._began = time.monotonic()
            try:
                trials = [self.try_case(case, patient=True) for _ in range(1 + CONFIRMATIONS)]
            except ServerTrouble as lost:
                trials, trouble = [], lost.message
            for breach in trials[-1].breaches if trials else ():
                if all(trial.breach_of(breach.rule.id) for trial in trials):
                    self._tell(
                        Discovery(breach, case, trials[-1].exchange, 1, trials[-1].lost, to_word(case))
                    )
                else:
                    self.unstable += 1
        return self._campaign(trouble)

    def _tell(self, discovery: Discovery) -> None:
        self.discoveries.append(discovery)
        self.tell(Found(discovery, json.dumps(to_json(discovery.case), indent=1)))

    def news(self, trial: Trial) -> Breach | None:
        """Return the first breach of a rule that has not been told yet."""
        return next((breach for breach in trial.breaches if breach.rule.id not in self._known), None)

    def note_example(self) -> None:
        """Count a generated case; raises where the campaign is over."""
        if self.over():
            raise _TimeIsOver
        self.examples += 1
        self.tell(Tried(self.examples, time.monotonic() - self._began))

    def try_case(self, case: Case, patient: bool = False) -> Trial:
        """Deliver a case and judge it."""
        return self._bench.try_case(case, patient=patient)


class _Hunt:
    """One round: until a breach is found, and from then on after the smallest case that shows it."""

    def __init__(self, fuzzer: Fuzzer) -> None:
        self._fuzzer = fuzzer
        self._rule: str | None = None
        self._example = 0
        self._proofs: dict[Case, Trial] = {}
        self._deadline = 0.0
        self._left = SHRINK_DELIVERIES

    def meet(self, case: Case) -> None:
        """Try one case. Raises _Broken where it shows what this round is after; rejects it otherwise."""
        if self._rule is None:
            self._fuzzer.note_example()
        elif self._left <= 0 or time.monotonic() > self._deadline:
            raise _SmallEnough
        if case not in self._proofs and not self._shows(case):
            reject()  # else hypothesis would go on with variations of it, each much like the others
        raise _Broken

    def _shows(self, case: Case) -> bool:
        self._left -= 1
        trial = self._fuzzer.try_case(case)
        breach = self._fuzzer.news(trial) if self._rule is None else trial.breach_of(self._rule)
        if breach is None:
            return False
        for _ in range(CONFIRMATIONS):
            trial = self._fuzzer.try_case(case, patient=True)
            if trial.breach_of(breach.rule.id) is None:
                self._fuzzer.unstable += 1
                return False
        if self._rule is None:
            self._rule, self._example = breach.rule.id, self._fuzzer.examples
            self._deadline = time.monotonic() + self._fuzzer.order.shrink_seconds
            self._left = SHRINK_DELIVERIES
            self._fuzzer.tell(Shrinking(breach))
        self._proofs[case] = trial
        return True

    @property
    def successful(self) -> bool:
        """Whether a breach was found and confirmed."""
        return bool(self._proofs)

    def discovery(self) -> Discovery:
        """Return what this round has found, by its smallest case."""
        assert self._rule is not None
        smallest = min(self._proofs, key=_size)
        trial = self._proofs[smallest]
        breach = trial.breach_of(self._rule)
        assert breach is not None
        recording = to_word(smallest)
        return Discovery(breach, smallest, trial.exchange, self._example, trial.lost, recording)


def _size(case: Case) -> tuple[int, int, int]:
    return len(case.octets), len(repr(case.plays)), len(case.cuts)


def round_seed(seed: int, number: int) -> int:
    """Return the seed of one round: the same for the same campaign, whatever was found before."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{number}".encode()).digest()[:8], "big")


def draw_cases(meet: Callable[[Case], None], seed: int) -> None:
    """Let hypothesis draw cases for ``meet``, and shrink the first for which it raises."""

    @seeded(seed)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        derandomize=False,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        verbosity=Verbosity.quiet,
    )
    @given(cases())
    def trial(case: Case) -> None:
        meet(case)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)  # some plays have a long repr
        trial()
