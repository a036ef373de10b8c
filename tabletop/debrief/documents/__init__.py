"""Documents: what a session needs on paper, made of pages of blocks; a module each."""
