"""wsgicheck: does a WSGI server keep PEP 3333 and the HTTP/1.1 rules that it inherits?"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .application.faults import ApplicationFault as ApplicationFault
    from .application.faults import ServerFault as ServerFault
    from .application.observer import observe as observe
    from .model.violation import Violation as Violation

__all__ = ["ApplicationFault", "ServerFault", "Violation", "__version__", "observe"]


def __getattr__(name: str) -> object:
    """Import what an application's test suite uses only when it is asked for: ``--version`` stays fast."""
    if name == "observe":
        from .application.observer import observe

        return observe
    if name in ("ApplicationFault", "ServerFault"):
        from .application import faults

        return getattr(faults, name)
    if name == "Violation":
        from .model.violation import Violation

        return Violation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
