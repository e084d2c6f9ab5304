"""Where the packed command begins."""

from reloadpt.__main__ import main

main()
