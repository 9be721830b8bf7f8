"""Field readers: one family of facts a module, each a function of a block."""
