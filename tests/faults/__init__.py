"""The fault suite: the real program under kills, full disks, errors, torn lines, synced folders and odd clocks."""
