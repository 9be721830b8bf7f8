"""Answers into pictures: a network value, its positions, and one page that needs nothing else."""
