"""Drawing lines on the county: the tools that follow the pointer, and what they are drawn to."""
