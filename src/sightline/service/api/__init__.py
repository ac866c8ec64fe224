"""The API: the catalogue and the figures as JSON, read-only, for Power BI and Excel. Nothing of a child."""
