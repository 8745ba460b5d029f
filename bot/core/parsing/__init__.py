"""What people type: amounts, counts, periods, names of channels, cities."""
