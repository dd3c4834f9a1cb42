"""The five indicators in Polars: lazy frames from the files, stays and residents made once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import reduce

import polars as pl
import task

from klynge.engine.indicators.codelists import Codelist

END = datetime.fromisoformat(task.EXTRACT_END)
c = pl.col


def files(table: str) -> pl.LazyFrame:
    return pl.scan_parquet(f"{task.registers()}/{table}/*.parquet")


def on_list(column: str, codes: Codelist) -> pl.Expr:
    tests = [
        c(column).str.slice(0, length).is_in([p for p in codes.prefixes if len(p) == length])
        for length in {len(p) for p in codes.prefixes}
    ]
    if codes.exact:
        tests.append(c(column).is_in(list(codes.exact)))
    return reduce(lambda one, two: one | two, tests).fill_null(False)


def begins_with(column: str, prefixes: list[str]) -> pl.Expr:
    return reduce(lambda one, two: one | two, [c(column).str.starts_with(p) for p in prefixes])


def residents() -> pl.DataFrame:
    ref, born = c("referencetid").dt, c("foed_dag").dt
    first = (born.month() == 1) & (born.day() == 1)
    return (
        files("bef")
        .join(files("dod"), on="pnr", how="left")
        .filter(
            (ref.month() == 12) & (ref.day() == 31) & (c("foed_dag") <= c("referencetid")),
            c("koen").is_in([1, 2]) & c("kom").is_in(task.KOMMUNER),
            c("doddato").is_null() | (c("doddato") > c("referencetid")),
        )
        .select(
            "pnr",
            c("kom").alias("kommune"),
            (ref.year() + 1).alias("year"),
            (ref.year() + 1 - born.year() - pl.when(first).then(0).otherwise(1)).alias("age"),
        )
        .filter(c("year").is_in(task.YEARS))
        .collect()
    )


def stays() -> pl.DataFrame:
    known = files("bef").select("pnr").unique()
    clock = "%Y-%m-%d %H:%M:%S"

    def moment(day: str, time: str) -> pl.Expr:
        return (c(day).dt.to_string("%Y-%m-%d ") + c(time)).str.to_datetime(clock)

    died_end = (c("doddato") + timedelta(days=1)).cast(pl.Datetime)
    open_end = pl.when(died_end < END).then(died_end).otherwise(END)
    contacts = (
        files("kontakter")
        .filter(c("kontakttype") == "ALCA00")
        .rename({"cpr": "pnr"})
        .join(known, on="pnr", how="semi")
        .join(files("dod"), on="pnr", how="left")
        .select(
            "pnr", "dw_ek_kontakt", "doddato",
            moment("dato_start", "tidspunkt_start").alias("started"),
            moment("dato_slut", "tidspunkt_slut").alias("finished"),
            c("prioritet").str.starts_with("ATA1").fill_null(False).alias("acute"),
            c("hovedspeciale_ans").str.to_lowercase().str.contains("psykiatri", literal=True)
            .fill_null(False).alias("psychiatric"),
            c("aktionsdiagnose").alias("diagnosis"),
        )
        .filter(
            c("started").is_not_null() & (c("started") < END),
            c("finished").is_null() | (c("finished") >= c("started")),
            c("doddato").is_null() | (c("started").dt.date() <= c("doddato")),
            c("finished").is_not_null() | c("psychiatric"),
        )
        .with_columns(c("finished").fill_null(open_end).alias("ended"))
        .sort("pnr", "started", "dw_ek_kontakt")
        .with_columns(c("ended").cum_max().shift(1).over("pnr").alias("latest"))
        .with_columns(
            (c("started") > c("latest") + timedelta(hours=4)).fill_null(True).alias("opens")
        )
        .with_columns(c("opens").cast(pl.Int32).cum_sum().over("pnr").alias("stay"))
    )  # fmt: skip
    return (
        contacts.group_by("pnr", "stay", maintain_order=True)
        .agg(
            c("started").min(), c("ended").max(), c("acute").first(), c("psychiatric").first(),
            c("diagnosis").first(), c("finished").is_null().any().alias("running"),
            c("doddato").first(),
        )
        .with_columns(
            (c("ended") >= c("started") + timedelta(hours=12)).alias("admission"),
            (c("doddato") <= c("ended").dt.date()).fill_null(False).alias("died"),
        )
        .collect()
    )  # fmt: skip


def of_people(events: pl.DataFrame, people: pl.DataFrame) -> list[tuple[int, str, int, int]]:
    below = people.group_by("year", "kommune").agg(pl.len().alias("n").cast(pl.Int64))
    events = events.with_columns(c("year").cast(people["year"].dtype))
    above = events.join(people, on=["pnr", "year"]).group_by("year", "kommune").agg(c("e").sum())
    both = below.join(above, on=["year", "kommune"], how="left")
    return both.select("year", "kommune", c("e").fill_null(0).cast(pl.Int64), "n").rows()


def in_gp() -> pl.DataFrame:
    return (
        files("sssy")
        .filter((c("speciale").str.slice(0, 2) == "80") & (c("kontakt") >= 1))
        .select("pnr", (c("honuge").str.slice(0, 2).cast(pl.Int32) + 2000).alias("year"))
        .unique()
        .with_columns(pl.lit(1).alias("e"))
        .collect()
    )


def yearly(found: pl.DataFrame) -> pl.DataFrame:
    return found.group_by("pnr", c("started").dt.year().alias("year")).agg(pl.len().alias("e"))


def readmitted(stays: pl.DataFrame, people: pl.DataFrame) -> list[tuple[int, str, int, int]]:
    somatic = stays.filter(c("admission") & ~c("psychiatric"))
    month = timedelta(days=30)
    first = somatic.filter(
        ~c("running") & ~c("died") & ~on_list("diagnosis", task.NOT_FIRST),
        c("ended") + month <= END,
    ).with_columns(c("ended").dt.year().cast(people["year"].dtype).alias("year"))
    first = first.join(people.filter(c("age") >= 67), on=["pnr", "year"])
    again = somatic.filter(c("acute") & ~on_list("diagnosis", task.NOT_AGAIN))
    followed = (
        first.join(again.select("pnr", c("started").alias("again")), on="pnr")
        .filter((c("again") > c("ended")) & (c("again") <= c("ended") + month))
        .select("pnr", "stay")
        .unique()
        .with_columns(pl.lit(1).alias("back"))
    )
    return (
        first.join(followed, on=["pnr", "stay"], how="left")
        .group_by("year", "kommune")
        .agg(c("back").fill_null(0).sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("n"))
        .select("year", "kommune", "back", "n")
        .rows()
    )


def copd() -> pl.DataFrame:
    born = files("bef").sort("referencetid").group_by("pnr").agg(c("foed_dag").last().alias("born"))
    diagnosed = (
        files("diagnoser")
        .filter(
            c("diagnosetype").is_in(["A", "B"])
            & (c("senere_afkraeftet").fill_null("").str.to_lowercase() != "ja")
            & begins_with("diagnosekode", task.COPD_DIAGNOSES)
        )
        .join(files("kontakter"), on="dw_ek_kontakt")
        .select(c("cpr").alias("pnr"), c("dato_start").alias("day"), pl.lit(True).alias("d"))
    )
    redeemed = (
        files("lmdb")
        .filter(begins_with("atc", task.COPD_MEDICINES))
        .select(c("pnr12").alias("pnr"), c("eksd").alias("day"), pl.lit(False).alias("d"))
    )
    day, birth = c("day").dt, c("born").dt
    early = (day.month() < birth.month()) | (
        (day.month() == birth.month()) & (day.day() < birth.day())
    )
    days = (
        pl.concat([diagnosed, redeemed])
        .unique()
        .join(born, on="pnr")
        .filter(day.year() - birth.year() - early.cast(pl.Int32) >= 30)
        .sort("pnr", "d", "day")
        .with_columns(c("day").shift(1).over("pnr", "d").alias("before"))
    )
    onsets = (
        days.filter(c("d") | (c("day") <= c("before") + timedelta(days=365)))
        .group_by("pnr")
        .agg(c("day").min().alias("began"))
        .collect()
    )
    by_year = [
        onsets.filter(c("began") <= date(year, 1, 1)).select(
            "pnr", pl.lit(year).alias("year"), pl.lit(1).alias("e")
        )
        for year in task.YEARS
    ]
    return pl.concat(by_year)


def main() -> None:
    people, made = residents(), stays()
    old = people.filter(c("age") >= 65)
    preventable = made.filter(
        c("acute") & ~c("psychiatric") & on_list("diagnosis", task.PREVENTABLE)
    )
    task.answer(
        {
            "prim_andel": of_people(in_gp(), people),
            "forebyg_65": of_people(yearly(preventable), old),
            "genind_67": readmitted(made, people),
            "psyk_indl": of_people(yearly(made.filter(c("psychiatric") & c("admission"))), people),
            "ruks_praev_kol": of_people(copd(), people.filter(c("age") >= 30)),
        }
    )


if __name__ == "__main__":
    task.check_the_definitions()
    main()
