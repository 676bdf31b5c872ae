"""`python -m szlak` is the command `szlak`."""

import sys

from szlak.cli import main

sys.exit(main())
