"""What the package costs, beside the vendor's SDK and what one would write by hand: `make bench`."""
