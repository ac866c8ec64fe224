"""The pages of missing and exploited children."""
