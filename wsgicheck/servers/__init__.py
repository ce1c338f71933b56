"""How a server is named, started, watched and ended."""
