"""Nothing here can be used."""
