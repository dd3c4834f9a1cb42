"""The prepared store: the registers once more, cut at person ranges, for builds to read.

Extracts come as they come: any order, keys as text, values in many forms. A build reads them once,
into a store where

    the key of a person is a number (the vault knows which), numbers in a row are a range,
    every table is cut at the same ranges, so that each range can be counted by itself,
    values have their canonical types, and a diagnosis has the person and time of its contact.

The store holds persons, so it lies in a work folder that only its owner can read; see `work.py`.
`pieces.py` says what the store holds, `vault.py` numbers persons, `prepare.py` reads what is new,
and `opening.py` makes the views `reg_...` of one range or of all.
"""
