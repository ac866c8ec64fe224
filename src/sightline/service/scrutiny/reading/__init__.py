"""Minutes that were read from documents, confirmed side by side with the source."""
