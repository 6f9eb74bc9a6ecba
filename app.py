"""Starts the web app: ``python app.py`` is ``lawqa serve``."""

import sys

from lawqa.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
