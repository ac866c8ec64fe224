"""What other apps, and the pages here, may read of missing and exploited children."""
