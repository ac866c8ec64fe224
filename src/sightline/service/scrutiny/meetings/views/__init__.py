"""The working pages of committees and their meetings."""
