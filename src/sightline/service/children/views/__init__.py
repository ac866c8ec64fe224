"""Pages of children and families, by subject."""
