"""People, agencies, roles and what each may see and do."""
