"""One folder a feature: what people ask for by one name. None of them imports another."""
