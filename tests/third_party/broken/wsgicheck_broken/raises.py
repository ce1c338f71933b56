"""A module that ends the process that imports it, if it is let."""

raise SystemExit("I am a script")
