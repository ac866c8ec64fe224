"""Children's records: who may know of which, and the restricted ones."""
