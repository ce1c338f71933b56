"""The checks: one room a scope, one module a topic."""
