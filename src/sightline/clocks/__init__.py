"""Working days, calendar months, and dated statutory and local time limits."""
