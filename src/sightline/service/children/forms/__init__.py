"""Forms about children and families. No decision is chosen beforehand."""
