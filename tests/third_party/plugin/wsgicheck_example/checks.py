"""A house rule: our servers introduce themselves."""

from wsgicheck.authoring import Exchange, check, expect, response_of
from wsgicheck.testing import Basis, Level, Requirement, Source

INTRODUCTION = Requirement(
    "example-introduction",
    Level.SHOULD,
    Basis.INFERRED,
    Source.RFC_9110,
    "10.2.4",
    "section-10.2.4",
    "An origin server MAY generate a Server header field in its responses.",
    inference="a rule of this house: what a server may do, ours should",
)


@check("server-introduces-itself", requires=INTRODUCTION)
def server_introduces_itself(exchange: Exchange) -> None:
    """Every response names the server.

    Without it our operators cannot tell from a capture which of two servers answered.
    """
    expect(bool(response_of(exchange).values("Server")), "field Server", want="present", got="absent")
