"""A channel's figures in words, the same in every answer: the verdict and what a rate rests on."""
