"""`python -m tropa`."""

from tropa.cli import main

if __name__ == "__main__":
    main()
