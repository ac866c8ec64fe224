"""What a scrutiny panel leaves behind: meetings, minutes, requests, and the page the public reads."""
