# %% [markdown]
# # What a set of documents says, as a pandas frame
#
# A notebook in a script: each `# %%` is a cell for Jupyter (via jupytext), VS Code, PyCharm or Spyder. As a whole it
# runs with
#
#     python examples/notebook.py [FOLDER]
#
# Needs pandas.

# %%
import sys
from pathlib import Path

import pandas as pd

import policyx

folder = Path(sys.argv[1] if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else "seeds")
pd.set_option("display.width", 120, "display.max_columns", 12, "display.unicode.east_asian_width", True)

# %% Every record of every document: the columns of CSV, numbers as exact decimals.
documents = [policyx.extract(path) for path in sorted(folder.glob("*.txt"))]
records = policyx.pandas_frame(documents)
print(f"{len(documents)} documents, {len(records)} records")

# %% How much is reached and how much is aimed at?
print(records.groupby(["year", "status"]).size().unstack(fill_value=0))

# %% Levels of known indicators, by year: actual figures beside targets.
levels = records[(records["measure"] == "level") & records["indicator"].notna() & records["year"].notna()]
by_year = levels.pivot_table(
    index=["label", "base_unit"], columns=["year", "status"], values="base_value", aggfunc="last"
)
print(by_year.to_string(na_rep="", float_format="{:g}".format))

# %% Decimals stay exact: no 0.1 + 0.2 surprises in sums of money.
money = records[(records["base_unit"] == "元") & (records["status"] == "target")]
print("targets in money:", money["base_value"].sum(), "元")

# %% To draw or to average, ask for floats.
numbers = policyx.pandas_frame(documents, floats=True)
print(numbers.groupby("measure")["base_value"].describe()[["count", "min", "max"]])

# %% Where does it say so? The sentence and the place in the original are part of each record.
doubtful = records[records["flags"].str.contains("repaired_number")]
for record in doubtful.head(3).itertuples():
    print(f"{record.source}:{record.start}-{record.end}  {record.quote}  {record.sentence}")
