"""An invented authority whose yearly totals follow a published series."""
