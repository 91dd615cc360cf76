"""`python -m reportgen` is the command `reportgen`."""

import sys

from reportgen.cli import main

sys.exit(main())
