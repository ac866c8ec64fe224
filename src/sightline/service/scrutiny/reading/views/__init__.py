"""Pages of documents of minutes."""
