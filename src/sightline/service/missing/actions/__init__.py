"""What is done with missing and exploited children, a module a subject."""
