"""Requests and recommendations, tracked until the committee closes them."""
