"""The tests of policyx; `python -m tests.scoring` measures it against gold."""
