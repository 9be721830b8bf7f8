"""What can be said: the terms, shapes and name lists of Zhinan, as Turtle, and the code that loads them."""
