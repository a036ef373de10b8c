"""What a record means afterwards: analysis, report, one renderer a format. Pure."""
