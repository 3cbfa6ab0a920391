"""Where the vendor's SDK has what is common to its clients."""
