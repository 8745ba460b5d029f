"""A chat's own keys of services: given in private, tested, listed without being shown, removed."""
