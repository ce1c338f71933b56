"""The application's side: what a WSGI application owes its server, watched from between the two."""
