"""What somebody has to do, outside the service: a calendar to subscribe to, and a daily letter."""
