"""``python -m lawqa``."""

import sys

from lawqa.cli import main

sys.exit(main())
