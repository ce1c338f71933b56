"""What the application is owed: PEP 3333 and CGI, seen without the wire."""
