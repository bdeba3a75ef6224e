"""The Word templates of the forms, made by a script so that they can be made again."""
