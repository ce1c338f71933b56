"""wsgicheck: does a WSGI server keep PEP 3333 and the HTTP/1.1 rules that it inherits?"""

__version__ = "0.1.0"
