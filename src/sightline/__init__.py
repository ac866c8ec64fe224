"""One line of sight on children's safeguarding."""

__version__ = "0.1.0"
