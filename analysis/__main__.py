"""``python -m analysis`` is the command ``framelines``."""

import sys

from analysis.cli import main

sys.exit(main())
