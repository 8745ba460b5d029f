"""A channel's figures in words and pictures, the same in every answer: the basis, the verdict, the formula line."""
