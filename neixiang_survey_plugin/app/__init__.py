"""What a user does, without a window: check routes, edit them, hand the results over."""
