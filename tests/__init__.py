"""What is true of the product; the folders mirror the package."""
