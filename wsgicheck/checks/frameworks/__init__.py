"""The same small site in Django, Flask and Bottle, where the server's interpreter has the framework."""
