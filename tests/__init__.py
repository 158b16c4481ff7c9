"""The suite, its benchmarks and what they share."""

import os
import sys

# As the command line sets it, before numpy loads: a second BLAS thread makes parsing three times as dear.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What is compiled is kept, whatever the environment says: otherwise every process of a parallel run compiles all of the
# suite again, and each of the hundreds of processes that tests start all of the package.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
