"""The commands."""


def main() -> None:
    """Start."""
