"""Failed checks are tried again: alone, and where the server serves several at once, in company."""

from __future__ import annotations

from ..errors import ServerTrouble
from ..model.result import Decision, Finding, Verdict
from .attendant import Attendant
from .company import Company
from .conduct import Delivery
from .congestion import Congestion
from .events import Confirming, Listener
from .judged import Judged, deliveries, is_known, judged, take_over_losses
from .records import Records
from .settle import settle
from .side_by_side import shared_out

SETTLE_SECONDS = 1.5
TRIES = 3
"""How often a failed check is tried again, alone: one more fail confirms it."""
COMPANY_LIMIT = 12
"""How many checks are tried again in company: of more, the first tell enough."""


class Confirmation:
    """Tries again what failed, or what may be owed to a wait that was cut short."""

    def __init__(
        self, attendant: Attendant, records: Records, found: dict[str, Judged], listener: Listener
    ) -> None:
        self._attendant = attendant
        self._records = records
        self._found = found
        self._tell = listener
        self._patient: dict[str, Judged] = {}
        """The fails that were found in the whole time too, of those that had run out of a shortened one."""
        subject = attendant.subject
        congestion = Congestion(records.exchanges.values() if subject.is_crowded else ())
        self._uncertain = {id for id, entry in found.items() if _is_uncertain(entry, congestion)}

    def confirm(self) -> None:
        """Settle every doubted verdict. What never fails again was unstable, and says nothing."""
        doubted = [
            entry
            for id, entry in self._found.items()
            if (entry.finding.verdict is Verdict.FAIL or id in self._uncertain)
            and entry.delivery not in self._records.deaths
        ]
        try:
            doubted = self._try_patiently(doubted)
            for _ in range(TRIES):
                if not doubted:
                    return
                doubted = self._try_alone(doubted)
            if self._attendant.subject.concurrency > 1:
                some, rest = doubted[:COMPANY_LIMIT], doubted[COMPANY_LIMIT:]
                doubted = [entry for entry in some if not self._fails_in_company(entry)] + rest
        except ServerTrouble as trouble:
            self._records.trouble = trouble.message
            return
        for entry in doubted:
            self._found[entry.check.id] = _unstable(entry)

    def _try_patiently(self, doubted: list[Judged]) -> list[Judged]:
        """Give those the whole time that ran out of a shortened one; return what is doubted all the same.

        Several are conducted at once, as the server proved able to: they mostly wait. What does not fail then
        was only slow.
        """
        hurried = [entry for entry in doubted if any(seen.cut_short for seen in entry.evidence)]
        if not hurried:
            return doubted
        again = Records()
        wanted = deliveries(entry.check for entry in hurried)
        self._tell(Confirming(len(wanted)))

        def conduct(delivery: Delivery) -> None:
            exchange = self._attendant.conduct(delivery, again, patient=True)
            if exchange is not None:
                again.exchanges[delivery] = exchange

        at_once = self._attendant.subject.at_once
        shared_out((delivery for delivery in wanted if not delivery.is_alone), conduct, at_once)
        self._attendant.revive()
        for delivery in wanted:
            if delivery.is_alone:
                conduct(delivery)
                self._attendant.revive()
        again.exchanges = settle(self._attendant.subject, again.exchanges, SETTLE_SECONDS)
        only_slow: dict[str, Judged] = {}
        for entry in hurried:
            if not is_known(entry.check, again):
                continue
            second = judged(entry.check, again)
            if second.finding.verdict is Verdict.FAIL:
                self._patient[entry.check.id] = second
            elif not any(seen.wire.ended == "refused" for seen in second.evidence):  # lost by another of them
                only_slow[entry.check.id] = second
        self._found.update(only_slow)
        return [entry for entry in doubted if entry.check.id not in only_slow]

    def _try_alone(self, doubted: list[Judged]) -> list[Judged]:
        """Conduct each again with nothing beside it; return those that are still doubted."""
        again = Records()
        wanted = deliveries(entry.check for entry in doubted)
        self._tell(Confirming(len(wanted)))
        for delivery in wanted:
            self._attendant.conduct_alone(delivery, again)
        again.exchanges = settle(self._attendant.subject, again.exchanges, SETTLE_SECONDS)
        left = [entry for entry in doubted if not self._is_settled_by(judged(entry.check, again))]
        take_over_losses(again, self._records, self._found)
        return left

    def _is_settled_by(self, second: Judged) -> bool:
        """Return whether the second try settles a verdict: it fails again, or the first was uncertain."""
        settled = second.finding.verdict is Verdict.FAIL or second.check.id in self._uncertain
        if settled:
            is_hurried = any(seen.cut_short for seen in second.evidence)
            self._found[second.check.id] = (
                self._patient.get(second.check.id, second) if is_hurried else second
            )
        return settled

    def _fails_in_company(self, entry: Judged) -> bool:
        """Try a check again among those that were served beside it; its fail there confirms it."""
        if entry.check.id in self._uncertain:
            return False
        self._tell(Confirming(1))
        second = Company(self._attendant, self._records, entry).failure()
        if second is not None:
            self._found[entry.check.id] = second
        return second is not None


def _is_uncertain(entry: Judged, congestion: Congestion) -> bool:
    """Return whether a verdict may be owed to a shortened wait, or to others that were served meanwhile."""
    if entry.finding.verdict is Verdict.PASS:
        return False
    return any(seen.hasty or congestion.kept_waiting(seen) for seen in entry.evidence)


def _unstable(entry: Judged) -> Judged:
    words = f"unstable: failed once ({entry.finding.message}), then not in {TRIES} tries alone"
    return Judged(entry.check, Finding(Verdict.INCONCLUSIVE, words), entry.evidence, Decision.TRIES)
