"""Settings, addresses and how the service is started."""
