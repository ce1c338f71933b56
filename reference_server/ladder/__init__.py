"""The road from the first raw socket to WSGI, a rung at a time: README.md walks it."""
