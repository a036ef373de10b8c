"""The author's workbench: what it knows of a scenario, and the pages it is shown on."""
