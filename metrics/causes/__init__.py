"""Why a level fell: causes that the data can show, each with its number and its share of the fall."""
