"""Pages of the front door, by subject."""
