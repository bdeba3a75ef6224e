"""Sheets as files: PDF and pictures, with their Chinese font inside."""
