"""The page that shows a graph: what is drawn, where, in which colours."""
