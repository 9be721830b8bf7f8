"""Let `python -m zhinan` be the command `zhinan`."""

from zhinan.cli import run

if __name__ == "__main__":
    run()
