"""National statistics, statistical neighbours and populations, with their licence.

`figures` gives one published figure, `compare` sets an authority beside its statistical neighbours,
its region and England, `areas` knows codes and names. `measures.toml` says which published columns
give which indicator. `build` makes the packaged files from the published CSV files.
"""
