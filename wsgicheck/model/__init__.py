"""The nouns of the house: frozen data that every other room exchanges."""
