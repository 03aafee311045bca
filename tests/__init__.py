"""The tests of policyx. `python -m tests.scoring` measures it against gold, `python -m tests.slots` rule by rule;
`python -m tests.drift` shows what a change of the code changes in a corpus."""
