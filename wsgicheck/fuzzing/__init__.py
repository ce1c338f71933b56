"""Fuzzing with an oracle: random requests and plays, and a small model of the law that both logs keep to."""
