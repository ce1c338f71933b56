"""A tiny plugin for wsgicheck, as somebody else would write it."""
