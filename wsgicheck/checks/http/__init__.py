"""What the client is owed: RFC 9110 and 9112, seen in octets."""
