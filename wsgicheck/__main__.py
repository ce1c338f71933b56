"""``python -m wsgicheck``."""

from .cli import main

if __name__ == "__main__":
    main()
