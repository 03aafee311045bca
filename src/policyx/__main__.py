"""Lets `python -m policyx` do what the command `policyx` does."""

from policyx.cli import main

if __name__ == "__main__":
    main()
