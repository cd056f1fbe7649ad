"""`python -m bazaar` is the `bazaar` command."""

from bazaar.cli import main

if __name__ == "__main__":
    main()
