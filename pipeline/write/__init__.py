"""Write the results: tables for spreadsheets, JSON lines for programs, one page to mail, gold to measure on."""
