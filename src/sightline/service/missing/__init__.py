"""Children missing, the interviews on their return, screening for exploitation, and the problem profile."""
