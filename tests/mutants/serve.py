"""Serves a mutant of the reference server: ``serve.py MODULE:CLASS module:app --host H --port P``."""

import importlib
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))


def serve(arguments: list[str]) -> None:
    """Run the reference server's command line with the class named first."""
    from reference_server.cli import main

    module, _, name = arguments[0].partition(":")
    main(arguments[1:], server_class=getattr(importlib.import_module(module), name))


if __name__ == "__main__":
    serve(sys.argv[1:])
