"""Other frameworks: the same endpoints, as their own users would write them."""
