"""Where the vendor's SDK has tasks."""
