"""The five indicators in pandas: frames in memory, stays and residents made once."""

from __future__ import annotations

import pandas as pd
import task

from klynge.engine.indicators.codelists import Codelist

END = pd.Timestamp(task.EXTRACT_END)
KEYS = ["year", "kommune"]


def files(table: str, columns: list[str]) -> pd.DataFrame:
    return pd.read_parquet(task.registers() / table, columns=columns)


def on_list(codes: pd.Series, wanted: Codelist) -> pd.Series:
    found = codes.isin(list(wanted.exact))
    for length in {len(prefix) for prefix in wanted.prefixes}:
        heads = [prefix for prefix in wanted.prefixes if len(prefix) == length]
        found |= codes.str.slice(0, length).isin(heads)
    return found


def residents() -> pd.DataFrame:
    bef = files("bef", ["pnr", "koen", "foed_dag", "kom", "referencetid"])
    bef = bef.merge(files("dod", ["pnr", "doddato"]), on="pnr", how="left")
    for column in ("foed_dag", "referencetid", "doddato"):
        bef[column] = pd.to_datetime(bef[column])
    ref, born = bef["referencetid"], bef["foed_dag"]
    used = (ref.dt.month == 12) & (ref.dt.day == 31) & (born <= ref) & bef["koen"].isin([1, 2])
    used &= bef["kom"].isin(task.KOMMUNER) & ~(bef["doddato"] <= ref)
    first = (born.dt.month == 1) & (born.dt.day == 1)
    bef["year"] = ref.dt.year + 1
    bef["age"] = bef["year"] - born.dt.year - (~first).astype(int)
    bef = bef[used & bef["year"].isin(task.YEARS)].rename(columns={"kom": "kommune"})
    return bef[["pnr", "year", "kommune", "age"]]


def stays() -> pd.DataFrame:
    columns = ["dw_ek_kontakt", "cpr", "dato_start", "tidspunkt_start", "dato_slut",
               "tidspunkt_slut", "aktionsdiagnose", "prioritet", "kontakttype",
               "hovedspeciale_ans"]  # fmt: skip
    k = files("kontakter", columns).rename(columns={"cpr": "pnr"})
    k = k[(k["kontakttype"] == "ALCA00") & k["pnr"].isin(files("bef", ["pnr"])["pnr"].unique())]
    k = k.merge(files("dod", ["pnr", "doddato"]), on="pnr", how="left")
    k["doddato"] = pd.to_datetime(k["doddato"])
    for name, side in (("started", "start"), ("finished", "slut")):
        day = pd.to_datetime(k[f"dato_{side}"])
        k[name] = day + pd.to_timedelta(k[f"tidspunkt_{side}"])
    k["acute"] = k["prioritet"].str.startswith("ATA1").fillna(False).astype(bool)
    words = k["hovedspeciale_ans"].str.lower()
    k["psychiatric"] = words.str.contains("psykiatri", regex=False).fillna(False).astype(bool)
    kept = k["started"].notna() & (k["started"] < END) & ~(k["finished"] < k["started"])
    kept &= ~(k["started"].dt.normalize() > k["doddato"])
    k = k[kept & (k["finished"].notna() | k["psychiatric"])].copy()
    k["running"] = k["finished"].isna()
    last = (k["doddato"] + pd.Timedelta(days=1)).where(lambda d: d < END, END)
    k["ended"] = k["finished"].fillna(last)
    k = k.sort_values(["pnr", "started", "dw_ek_kontakt"])
    k["latest"] = k.groupby("pnr")["ended"].cummax()
    k["latest"] = k.groupby("pnr")["latest"].shift()
    k["opens"] = k["latest"].isna() | (k["started"] > k["latest"] + pd.Timedelta(hours=4))
    k["stay"] = k["opens"].cumsum()
    made = k.groupby("stay").agg(
        pnr=("pnr", "first"), started=("started", "min"), ended=("ended", "max"),
        acute=("acute", "first"), psychiatric=("psychiatric", "first"),
        running=("running", "any"), doddato=("doddato", "first"),
    )  # fmt: skip
    # "first" would pass over a missing diagnosis; the first contact's is wanted, missing or not.
    made["diagnosis"] = k.loc[k["opens"], "aktionsdiagnose"].to_numpy()
    made["admission"] = made["ended"] >= made["started"] + pd.Timedelta(hours=12)
    made["died"] = made["doddato"] <= made["ended"].dt.normalize()
    return made.reset_index()


def of_people(events: pd.DataFrame, people: pd.DataFrame) -> list[tuple[int, str, int, int]]:
    below = people.groupby(KEYS).size().rename("below")
    above = events.merge(people, on=["pnr", "year"]).groupby(KEYS)["e"].sum().rename("above")
    return _rows(pd.concat([above, below], axis=1))


def _rows(both: pd.DataFrame) -> list[tuple[int, str, int, int]]:
    both = both.fillna(0).astype("int64").reset_index()
    return [(int(y), str(k), int(a), int(b)) for y, k, a, b in both.to_numpy().tolist()]


def in_gp() -> pd.DataFrame:
    sssy = files("sssy", ["pnr", "speciale", "honuge", "kontakt"])
    sssy = sssy[(sssy["speciale"].str.slice(0, 2) == "80") & (sssy["kontakt"] >= 1)]
    year = 2000 + sssy["honuge"].str.slice(0, 2).astype("int32")
    return pd.DataFrame({"pnr": sssy["pnr"], "year": year}).drop_duplicates().assign(e=1)


def yearly(found: pd.DataFrame) -> pd.DataFrame:
    keys = ["pnr", found["started"].dt.year.rename("year")]
    return found.groupby(keys).size().rename("e").reset_index()


def readmitted(made: pd.DataFrame, people: pd.DataFrame) -> list[tuple[int, str, int, int]]:
    month = pd.Timedelta(days=30)
    somatic = made[made["admission"] & ~made["psychiatric"]]
    first = somatic[
        ~somatic["running"] & ~somatic["died"] & (somatic["ended"] + month <= END)
        & ~on_list(somatic["diagnosis"], task.NOT_FIRST)
    ]  # fmt: skip
    first = first.assign(year=first["ended"].dt.year).merge(
        people[people["age"] >= 67], on=["pnr", "year"]
    )
    again = somatic[somatic["acute"] & ~on_list(somatic["diagnosis"], task.NOT_AGAIN)]
    pairs = first.merge(again[["pnr", "started"]], on="pnr", suffixes=("", "_again"))
    back = pairs[
        (pairs["started_again"] > pairs["ended"])
        & (pairs["started_again"] <= pairs["ended"] + month)
    ]
    first["back"] = first["stay"].isin(back["stay"]).astype(int)
    return _rows(first.groupby(KEYS)["back"].agg(["sum", "size"]))


def copd() -> pd.DataFrame:
    bef = files("bef", ["pnr", "foed_dag", "referencetid"]).sort_values("referencetid")
    born = pd.to_datetime(bef.drop_duplicates("pnr", keep="last").set_index("pnr")["foed_dag"])
    d = files("diagnoser", ["dw_ek_kontakt", "diagnosekode", "diagnosetype", "senere_afkraeftet"])
    d = d[d["diagnosekode"].str.startswith(tuple(task.COPD_DIAGNOSES))]
    d = d[d["diagnosetype"].isin(["A", "B"]) & (d["senere_afkraeftet"].str.lower() != "ja")]
    d = d.merge(files("kontakter", ["dw_ek_kontakt", "cpr", "dato_start"]), on="dw_ek_kontakt")
    m = files("lmdb", ["pnr12", "eksd", "atc"])
    m = m[m["atc"].str.startswith(tuple(task.COPD_MEDICINES)).fillna(False).astype(bool)]
    days = pd.concat(
        [
            pd.DataFrame({"pnr": d["cpr"], "day": pd.to_datetime(d["dato_start"]), "d": True}),
            pd.DataFrame({"pnr": m["pnr12"], "day": pd.to_datetime(m["eksd"]), "d": False}),
        ]
    ).drop_duplicates()
    days["born"] = days["pnr"].map(born)
    days = days[days["born"].notna()]
    day, birth = days["day"].dt, days["born"].dt
    early = (day.month < birth.month) | ((day.month == birth.month) & (day.day < birth.day))
    days = days[day.year - birth.year - early.astype(int) >= 30].sort_values(["pnr", "d", "day"])
    before = days.groupby(["pnr", "d"])["day"].shift()
    met = days[days["d"] | (days["day"] <= before + pd.Timedelta(days=365))]
    began = met.groupby("pnr")["day"].min()
    return pd.concat(
        [
            pd.DataFrame({"pnr": began.index[began <= f"{year}-01-01"], "year": year, "e": 1})
            for year in task.YEARS
        ]
    )


def main() -> None:
    people, made = residents(), stays()
    psychiatric = made[made["psychiatric"] & made["admission"]]
    preventable = made[
        made["acute"] & ~made["psychiatric"] & on_list(made["diagnosis"], task.PREVENTABLE)
    ]
    task.answer(
        {
            "prim_andel": of_people(in_gp(), people),
            "forebyg_65": of_people(yearly(preventable), people[people["age"] >= 65]),
            "genind_67": readmitted(made, people),
            "psyk_indl": of_people(yearly(psychiatric), people),
            "ruks_praev_kol": of_people(copd(), people[people["age"] >= 30]),
        }
    )


if __name__ == "__main__":
    task.check_the_definitions()
    main()
