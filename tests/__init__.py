"""The suite, its benchmarks and what they share."""

import os

# As the command line sets it, before numpy loads: a second BLAS thread makes parsing three times as dear.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
