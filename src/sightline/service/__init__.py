"""The web service: a Django project. Nothing of the engine imports it."""
