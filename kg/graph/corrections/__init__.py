"""What people decided about a graph, in a file that every build applies again."""
