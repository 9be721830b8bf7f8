"""Let `python -m zhinan` be the command `zhinan`."""

import sys

from zhinan.cli import main

if __name__ == "__main__":
    sys.exit(main())
