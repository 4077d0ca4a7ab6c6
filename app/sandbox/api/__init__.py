"""The HTTP front: one module per subject of the API, each with its table of routes."""
