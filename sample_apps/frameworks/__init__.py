"""The same small site in Django, Flask and Bottle: what a framework expects of a server, tried for real."""
