"""Write all pages as one Markdown text to stdout, for the docs."""

from __future__ import annotations

import sys

from reloadpt.learn.pages import whole_text

if __name__ == "__main__":
    sys.stdout.write(whole_text())
