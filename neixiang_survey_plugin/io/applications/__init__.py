"""Reading joint applications and survey sheets: JSON, spreadsheets, words typed by hand."""
