"""Where the vendor's SDK has assets."""
