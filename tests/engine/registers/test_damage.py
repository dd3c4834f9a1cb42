"""Whatever happens to the bytes of a file, the check answers with faults and raises nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from klynge.engine.registers.check import check
from tests.engine.registers.extracts import MARK, csv, parquet


def damaged(content: bytes, rng: random.Random) -> bytes:
    made = bytearray(content)
    at = rng.randrange(len(made))
    match rng.choice(["flip", "flips", "footer", "cut", "truncate", "zeros", "insert"]):
        case "flip":
            made[at] ^= 1 << rng.randrange(8)
        case "flips":
            for _turn in range(20):
                made[rng.randrange(len(made))] = rng.randrange(256)
        case "footer":
            made[-rng.randrange(1, min(600, len(made)))] = rng.randrange(256)
        case "cut":
            del made[at : at + rng.randrange(1, 50)]
        case "truncate":
            del made[at:]
        case "zeros":
            made[at : at + 64] = bytes(len(made[at : at + 64]))
        case "insert":
            made[at:at] = rng.randbytes(5)
    return bytes(made)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_damage_is_told_and_never_raised(kind: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    if kind == "parquet":
        file = parquet(tmp_path, "kontakter", cpr=[MARK, MARK])
    else:
        lines = "".join(f"{MARK[:-2]}{n};2024-05-{n}\n" for n in range(10, 30))
        file = csv(tmp_path, "dod", f"pnr;doddato\n{lines}")
    content = file.read_bytes()
    table = file.stem

    told = 0
    for _turn in range(40):
        file.write_bytes(damaged(content, rng))
        faults = check(tmp_path, [table])
        assert MARK[:-2] not in "".join(map(str, faults))
        told += bool(faults)
    assert told > 10
