"""How octets travel to the server under test and back."""
