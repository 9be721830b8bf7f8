"""Text to graph: the writing side of Zhinan."""
