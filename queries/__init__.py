"""Graph → answer: questions as files, asked of a graph folder or an endpoint, told as tables, files and cards."""
