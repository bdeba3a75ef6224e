"""What both windows show: panels, commands and their looks."""
