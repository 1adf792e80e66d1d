"""What a project says about itself: the only readers of `fishplate.toml` and of the environment."""
