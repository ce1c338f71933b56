"""Reports: text from a Report, and nothing else."""
