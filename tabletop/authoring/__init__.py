"""What proves a scenario: diagnostics, checks, exploration, play scripts. Pure."""
