"""Reading from GitHub and writing to it. The only importer of gidgethub."""
