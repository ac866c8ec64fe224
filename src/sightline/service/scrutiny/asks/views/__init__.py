"""Pages of requests: the list, one request, its replies, and what is kept beside them."""
