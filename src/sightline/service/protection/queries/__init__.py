"""What other apps, and the pages here, may read of the protection pathway."""
