"""Measures how fast and how large policyx is: `python -m tests.benchmarks`. A module for each section of the table."""
