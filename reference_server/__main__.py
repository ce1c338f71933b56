"""Lets ``python -m reference_server module:app`` serve an application."""

from .cli import main

raise SystemExit(main())
