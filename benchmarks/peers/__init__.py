"""The programs that could have done the same, each in a module and a process of its own."""
