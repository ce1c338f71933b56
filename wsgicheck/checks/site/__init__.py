"""What an ordinary client sees of the sample applications through the server."""
