"""Which days are working days, as dated and versioned data, and how to count them."""
