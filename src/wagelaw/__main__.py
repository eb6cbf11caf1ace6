"""`python -m wagelaw` is the command `wagelaw`."""

from wagelaw.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
