"""The work programme, task-and-finish groups, and officers' reports."""
