"""Best and weakest: posts of a channel, channels of a team. Chance is taken out before anything is put in order."""
