"""Counts person range by person range, and adds up.

Everything the spine and the indicators ask is about one person at a time, and every answer is a
number of something in a cell; so what is counted in the ranges adds up to what would be counted in
the whole. A range is small enough to be counted in little memory, ranges are counted side by side,
and what a range came to lies in its bucket: a build that was stopped goes on from its buckets, and
one of a new delivery counts again only what the delivery changed.

`job.py` says what is to be counted, `orders.py` what a worker is told of it, `bucket.py` keeps what
it came to, `worker.py` counts one range, `running.py` lets several workers count at once.

Spark needs no ranges: `whole.py` lets it count the same job over everybody at once. `engines.py`
says which engines there are.
"""
