"""One painter for screen and paper, without a window."""
