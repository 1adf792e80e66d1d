"""The pages: planning (`place/`), care (`hub/`), and the components both share; every one works without a script."""
