"""From a signature to a plan: what a callable needs, and how to serve it."""
