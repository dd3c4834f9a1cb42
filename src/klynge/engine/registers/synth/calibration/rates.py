"""The calibrated rates: what each is, its published value and where that stands.

Each `sql` gives rows (pnr, num, den) on the tables that `measure` prepares; the rate is
per * sum(num) / sum(den). Residents are those of 1 January (`cohort`), events those of the
residents of that year.
"""

# ruff: noqa: S608  (the SQL is this module's own; nothing of the input is put into it)
from __future__ import annotations

from dataclasses import dataclass

_DST = "https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid="
_RUKS = "https://www.esundhed.dk/Dokumentation/DocumentationExtended?id=29"
_PREVENTABLE = (
    "https://danskindustri.dk/arkiv/analyser/2024/6/mange-indlaggelser-kunne-vare-undgaet"
)
_PSYK_PERSONS = "https://www.regioner.dk/services/faktuelt/2022/flere-danskere-er-i-kontakt-med-den-regionale-psykiatri"
_PSYK_ADMISSIONS = "https://ft.dk/samling/20151/almdel/suu/spm/898/svar/1351816/1677834/index.htm"
_PSYK_BACK = "https://9pdf.org/document/y8g3pr15-genindl%C3%A6ggelser-i-det-psykiatriske-sundhedsv%C3%A6sen.html"
_PLANS = "https://sundhedsdatastyrelsen.dk/da/nyheder/2019/genoptraening_171019"
_MEDICINE = "https://sundhedsdatastyrelsen.dk/da/nyheder/2023/nye_tal_medicin_2022"


@dataclass(frozen=True)
class Rate:
    """One rate.

    source, unit, year, link: the published value. certainty: S sourced, P derived from sourced
    numbers, K our own assumption. slack: how far off the model itself may be, as a share of the
    source value, besides sampling error.
    """

    key: str
    what: str
    source: float
    unit: str
    year: str
    link: str
    sql: str
    per: float = 1000.0
    certainty: str = "S"
    slack: float = 0.04


def _share(
    key: str, what: str, source: float, year: str, link: str, sql: str, *, slack: float = 0.04,
    certainty: str = "S",
) -> Rate:  # fmt: skip
    return Rate(
        key, what, source, "per cent", year, link, sql, per=100.0, slack=slack, certainty=certainty
    )


def _people(condition: str, where: str = "year = last") -> str:
    """Residents of 1 January that fulfil a condition, out of those `where`."""
    return f"SELECT pnr, CAST({condition} AS INTEGER) AS num, 1 AS den FROM cohort WHERE {where}"


def _events(events: str, where: str = "true") -> str:
    """Rows (pnr, ...) of events as numerator, person-years of residents as denominator."""
    return (
        f"SELECT pnr, 0 AS num, 1 AS den FROM cohort WHERE {where}"
        f" UNION ALL SELECT pnr, 1, 0 FROM ({events})"
    )


def _stays(condition: str, residents: str = "true") -> str:
    return _events(f"SELECT pnr FROM placed_stays WHERE {condition} AND ({residents})", residents)


_POPULATION = (
    _share("kbh", "Residents who live in København", 11.15, "2026",
           "https://www.statistikbanken.dk/FOLK1A", _people("kom = '101'"), slack=0.03,
         certainty="P"),
    _share("region_h", "Residents of Region Hovedstaden", 32.2, "2026",
           "https://www.statistikbanken.dk/FOLK1A", _people("region = '1084'"), slack=0.02,
         certainty="P"),
    _share("65plus", "Aged 65 and over", 20.9, "2025", "https://www.statistikbanken.dk/FOLK1A",
           _people("age >= 65"), slack=0.03,
         certainty="P"),
    _share("80plus", "Aged 80 and over", 5.66, "2025", "https://www.statistikbanken.dk/FOLK1A",
           _people("age >= 80"), slack=0.05,
         certainty="P"),
    Rate("deaths", "Deaths a year", 9.66, "per 1,000", "2021-24",
         "about 57,000 of 5.9 million; not looked up in a source",
         _events("SELECT pnr FROM reg_dod"), certainty="K"),
    Rate("births", "Births a year", 10.6, "per 1,000", "2020",
         "https://www.statistikbanken.dk/FOLK1B (aged 0-4, divided by five)",
         "SELECT pnr, 0 AS num, 1 AS den FROM cohort UNION ALL SELECT pnr, 1, 0 FROM residents r,"
         " extract e WHERE age = 0 AND r.year > e.first", certainty="P"),
)  # fmt: skip

_BACK = """
    SELECT i.pnr, CAST(coalesce(bool_or(b.pnr IS NOT NULL), false) AS INTEGER) AS num, 1 AS den
    FROM (SELECT * FROM placed_stays WHERE {index} AND admission AND NOT running
          AND NOT coalesce(died, false) AND finishes < make_date(CAST(last AS INTEGER), 12, 1)) i
    LEFT JOIN (SELECT * FROM stays WHERE {back} AND admission AND acute) b
      ON b.pnr = i.pnr AND b.begins > i.finishes AND b.begins <= i.finishes + INTERVAL 30 DAY
    GROUP BY i.pnr, i.stay
"""
_PREVENTABLE_CODES = (
    "regexp_matches(diagnosis, '^D(E86|K590|J1[2-58]|J2[0-2]|J4[0-7]|N30|A09|L89|D5[0-3]"
    "|S[0-9]2|Z59|Z74|Z75)')"
)
_HOSPITAL = (
    Rate("admissions", "Admissions (12 hours and more)", 134.9, "per 1,000", "2021", f"{_DST}32737",
         _stays("admission"),
         certainty="P"),
    Rate("admissions_women", "Admissions, women", 143.7, "per 1,000", "2021", f"{_DST}32737",
         _stays("admission", "koen = 2"),
         certainty="P"),
    Rate("admissions_men", "Admissions, men", 126.0, "per 1,000", "2021", f"{_DST}32737",
         _stays("admission", "koen = 1"),
         certainty="P"),
    Rate("admissions_sj", "Admissions, Region Sjælland", 152, "per 1,000", "2021", f"{_DST}32737",
         _stays("admission", "region = '1085'"), slack=0.05),
    Rate("admissions_mj", "Admissions, Region Midtjylland", 121, "per 1,000", "2021",
         f"{_DST}32737", _stays("admission", "region = '1082'"), slack=0.05),
    Rate("acute", "Acute admissions", 101.0, "per 1,000", "2021-22",
         f"{_DST}32737 less 3,800 planned a week (Danske Regioner)",
         _stays("admission AND acute"), certainty="P", slack=0.05),
    Rate("preventable", "Preventable acute stays, 65 and over", 59.3, "per 1,000", "2023",
         _PREVENTABLE, _stays(f"acute AND NOT psychiatric AND {_PREVENTABLE_CODES}", "age >= 65"),
         slack=0.06,
         certainty="P"),
    Rate("preventable_h", "Preventable acute stays, 65 and over, Region Hovedstaden", 71.0,
         "per 1,000", "2023", _PREVENTABLE,
         _stays(f"acute AND NOT psychiatric AND {_PREVENTABLE_CODES}",
                "age >= 65 AND region = '1084'"), slack=0.06),
    _share("back67", "Acute somatic readmission within 30 days, 67 and over", 16.5, "",
           "between 15 and 18; no published figure with this definition was found",
           _BACK.format(index="NOT psychiatric AND age >= 67", back="NOT psychiatric"),
           certainty="K", slack=0.09),
)  # fmt: skip

_TIMES = """
    SELECT pnr, CAST(count(*) {fits} AS INTEGER) AS num, 1 AS den
    FROM placed_stays WHERE psychiatric AND admission GROUP BY pnr, year
"""
_PSYCHIATRY = (
    Rate("psyk_persons", "Persons in contact with psychiatry in a year", 28.3, "per 1,000", "2019",
         _PSYK_PERSONS,
         "SELECT pnr, 0 AS num, 1 AS den FROM cohort UNION ALL SELECT c.pnr, 1, 0 FROM cohort c"
         " JOIN stays s ON s.pnr = c.pnr AND c.year BETWEEN year(s.begins) AND year(s.finishes)"
         " WHERE psychiatric GROUP BY c.pnr, c.year",
         certainty="P"),
    Rate("psyk_admissions", "Psychiatric admissions", 7.45, "per 1,000", "2015", _PSYK_ADMISSIONS,
         _stays("admission AND psychiatric"), slack=0.05,
         certainty="P"),
    _share("psyk_once", "Psychiatric inpatients with one admission in the year", 66.9, "2015",
           _PSYK_ADMISSIONS, _TIMES.format(fits="= 1"),
         certainty="P"),
    _share("psyk_twice", "... with two", 18.2, "2015", _PSYK_ADMISSIONS,
           _TIMES.format(fits="= 2"), slack=0.10,
         certainty="P"),
    _share("psyk_often", "... with four or more", 8.1, "2015", _PSYK_ADMISSIONS,
           _TIMES.format(fits=">= 4"), slack=0.15,
         certainty="P"),
    Rate("psyk_days", "Days of a psychiatric admission, mean", 20.9, "days", "2015",
         _PSYK_ADMISSIONS,
         "SELECT pnr, date_diff('minute', begins, finishes) / 1440.0 AS num, 1 AS den FROM"
         " placed_stays WHERE psychiatric AND admission AND NOT running AND year < last",
         per=1.0, slack=0.06,
         certainty="P"),
    _share("psyk_back", "Acute psychiatric readmission within 30 days", 23.0, "2015/16", _PSYK_BACK,
           _BACK.format(index="psychiatric", back="psychiatric"), slack=0.06),
)  # fmt: skip


def _ruks(key: str, what: str, source: float, rule: str, slack: float = 0.06) -> Rate:
    sql = (
        "SELECT pnr, 0 AS num, 1 AS den FROM residents r, extract e WHERE r.year = e.last + 1"
        " UNION ALL SELECT DISTINCT r.pnr, 1, 0 FROM residents r, extract e"
        f" WHERE r.year = e.last + 1 AND r.pnr IN ({rule})"
    )
    return Rate(key, what, source, "per 100,000", "2025", _RUKS, sql, per=100_000.0, slack=slack)


def _diagnosed(pattern: str) -> str:
    return f"SELECT pnr FROM known WHERE regexp_matches(code, '^({pattern})')"


def _redeemed(pattern: str, times: int = 2) -> str:
    if times == 1:
        return f"SELECT pnr12 FROM reg_lmdb WHERE regexp_matches(atc, '^({pattern})')"
    return (
        "SELECT pnr12 FROM (SELECT pnr12, eksd, lag(eksd) OVER (PARTITION BY pnr12 ORDER BY eksd)"
        " AS before FROM (SELECT DISTINCT pnr12, eksd FROM reg_lmdb WHERE"
        f" regexp_matches(atc, '^({pattern})'))) WHERE eksd <= before + 365"
    )


_KOL = f"{_diagnosed('DJ44')} UNION {_redeemed('R03AC1[89]|R03AL|R03BB0[4-7]')}"
_T1D = _diagnosed("DE10")
_CHRONIC = (
    _ruks("kol", "COPD (KOL)", 2650, _KOL),
    _ruks("t2d", "Type 2 diabetes", 4800,
          f"({_diagnosed('DE11')} UNION SELECT l.pnr12 FROM reg_lmdb l JOIN residents b ON b.pnr ="
          " l.pnr12 WHERE l.atc LIKE 'A10B%' AND NOT (b.koen = 2 AND l.eksd < b.foed_dag + 14610)"
          f" GROUP BY l.pnr12 HAVING count(DISTINCT l.eksd) > 1) EXCEPT ({_T1D})"),
    _ruks("hjertesvigt", "Heart failure", 1160, _diagnosed("DI50|DI110|DI13[02]|DI42"), 0.08),
    _ruks("astma", "Asthma", 7055,
          f"({_diagnosed('DJ4[56]')} UNION {_redeemed('R03A|R03BA|R03DC')}) EXCEPT ({_KOL})"),
    _ruks("t1d", "Type 1 diabetes", 545, _T1D, 0.08),
    _ruks("demens", "Dementia", 755, f"{_diagnosed('DF0[0-3]|DG30')} UNION {_redeemed('N06D', 1)}",
          0.08),
    _ruks("leddegigt", "Rheumatoid arthritis", 745, _diagnosed("DM05|DM06[^14]"), 0.08),
    _ruks("osteoporose", "Osteoporosis", 3670,
          f"{_diagnosed('DM8[01]')} UNION {_redeemed('M05B|G03XC01', 1)}"),
    _ruks("skizofreni", "Schizophrenia", 485, _diagnosed("DF20"), 0.08),
)  # fmt: skip

_GP_PERSONS = """
    SELECT c.pnr, CAST(g.pnr IS NOT NULL AS INTEGER) AS num, 1 AS den FROM cohort c
    LEFT JOIN (SELECT DISTINCT pnr, 2000 + CAST(substr(honuge, 1, 2) AS INTEGER) AS year
               FROM reg_sssy WHERE speciale LIKE '80%') g ON g.pnr = c.pnr AND g.year = c.year
    WHERE {where}
"""
_GP_CONTACTS = """
    SELECT pnr, 0 AS num, 1 AS den FROM cohort WHERE {where} UNION ALL
    SELECT s.pnr, s.kontakt, 0 FROM reg_sssy s JOIN cohort c ON c.pnr = s.pnr
      AND c.year = 2000 + CAST(substr(honuge, 1, 2) AS INTEGER)
    WHERE speciale LIKE '80%' AND ({where})
"""
_PRIMARY = (
    _share("gp", "Citizens with a GP contact in a year", 85.0, "2023", f"{_DST}51066",
           _GP_PERSONS.format(where="true"), slack=0.01),
    _share("gp_kbh", "... in København", 81.2, "2023", f"{_DST}51066",
           _GP_PERSONS.format(where="kom = '101'"), slack=0.015),
    _share("gp_women", "... women aged 30-59", 90.4, "2018",
           "https://www.dst.dk/da/Statistik/nyt/NytHtml?cid=28451",
           _GP_PERSONS.format(where="koen = 2 AND age BETWEEN 30 AND 59"), slack=0.015),
    _share("gp_men", "... men aged 30-59", 76.0, "2018",
           "https://www.dst.dk/da/Statistik/nyt/NytHtml?cid=28451",
           _GP_PERSONS.format(where="koen = 1 AND age BETWEEN 30 AND 59"), slack=0.015),
    Rate("gp_contacts", "GP contacts a citizen and year", 7.06, "contacts", "2019", f"{_DST}30625",
         _GP_CONTACTS.format(where="true"), per=1.0,
         certainty="P"),
    Rate("gp_contacts_women", "... women aged 30-59", 8.2, "contacts", "2018",
         "https://www.dst.dk/da/Statistik/nyt/NytHtml?cid=28451",
         _GP_CONTACTS.format(where="koen = 2 AND age BETWEEN 30 AND 59"), per=1.0),
    Rate("gp_contacts_men", "... men aged 30-59", 4.7, "contacts", "2018",
         "derived from the same source",
         _GP_CONTACTS.format(where="koen = 1 AND age BETWEEN 30 AND 59"), per=1.0, certainty="P"),
    Rate("gp_contacts_85", "... aged 85 and over", 20.0, "contacts", "2005",
         "https://nordjyske.dk/nyheder/danskerne-gaar-oftere-til-laege/"
         "353d8ab6-ee0b-4599-8427-a0c623591fde (about 20)",
         _GP_CONTACTS.format(where="age >= 85"), per=1.0, slack=0.06),
    _share("medicine", "Citizens who redeem a prescription in a year", 68.5, "2022",
           f"{_MEDICINE} (more than 4 million)",
           "SELECT c.pnr, CAST(m.pnr IS NOT NULL AS INTEGER) AS num, 1 AS den FROM cohort c"
           " LEFT JOIN (SELECT DISTINCT pnr12 AS pnr, year(eksd) AS year FROM reg_lmdb) m"
           " ON m.pnr = c.pnr AND m.year = c.year", slack=0.06,
         certainty="P"),
)  # fmt: skip

_HELP_HOURS = """
    SELECT pnr, CAST((perpl_vis + prahj_vis) / 60.0 {fits} AS INTEGER) AS num, 1 AS den
    FROM reg_aefv
"""
_IN_CARE_HOME = """
    SELECT c.pnr, CAST(coalesce(bool_or(h.v_pnr IS NOT NULL), false) AS INTEGER) AS num, 1 AS den
    FROM cohort c LEFT JOIN reg_plejehjem h ON h.v_pnr = c.pnr
      AND h.d_tilflyt_dato <= make_date(CAST(c.year AS INTEGER), 1, 1)
      AND (h.d_fraflyt_dato IS NULL OR h.d_fraflyt_dato > make_date(CAST(c.year AS INTEGER), 1, 1))
    WHERE {where} GROUP BY c.pnr, c.year
"""
_OF_CARE_HOMES = """
    SELECT v_pnr AS pnr, 0 AS num, (until - since) / 365.25 AS den FROM living
    UNION ALL SELECT v_pnr, 1, 0 FROM living JOIN stays ON pnr = v_pnr
      AND begins >= since AND begins < until WHERE acute AND admission AND NOT psychiatric
"""
_CARE = (
    _share("care_home", "In a care home, 65 and over", 3.3, "2019", f"{_DST}30746",
           _IN_CARE_HOME.format(where="age >= 65"), slack=0.06),
    _share("care_home_women", "... women, 90 and over", 28.9, "2019", f"{_DST}30746",
           _IN_CARE_HOME.format(where="age >= 90 AND koen = 2"), slack=0.10),
    _share("care_home_men", "... men, 90 and over", 20.1, "2019", f"{_DST}30746",
           _IN_CARE_HOME.format(where="age >= 90 AND koen = 1"), slack=0.10),
    Rate("care_home_acute", "... acute admissions a year of residence", 0.56, "admissions", "2023",
         "BMC Geriatrics 2023 (the address of the article was not kept)", _OF_CARE_HOMES, per=1.0,
         slack=0.15),
    Rate("home_help", "Home help in own home, recipients in a month", 26.5, "per 1,000", "2022",
         f"{_DST}46131",
         "SELECT pnr, 0 AS num, 12 AS den FROM cohort UNION ALL SELECT pnr, 1, 0 FROM reg_aefv",
         certainty="P"),
    _share("help_2", "... with less than 2 hours a week", 67, "2022", f"{_DST}46131",
           _HELP_HOURS.format(fits="< 2")),
    _share("help_20", "... with 20 hours or more", 2, "2022", f"{_DST}46131",
           _HELP_HOURS.format(fits=">= 20"), slack=0.15),
    Rate("help_hours", "Home help, hours a week", 85.2, "per 1,000", "2021", f"{_DST}38425",
         "SELECT pnr, 0 AS num, 12 AS den FROM cohort UNION ALL"
         " SELECT pnr, (perpl_vis + prahj_vis) / 60.0, 0 FROM reg_aefv", slack=0.08,
         certainty="P"),
    Rate("home_nursing", "Home nursing, citizens in a month", 25.4, "per 1,000", "2025",
         "Statistics Denmark, HJEMSYG (preliminary; whether of a month is not confirmed)",
         "SELECT pnr, 0 AS num, 12 AS den FROM cohort UNION ALL SELECT pnr, 1, 0 FROM reg_aehjsp"
         " GROUP BY pnr, date_trunc('month', hjemsygep_dato)", certainty="P"),
    Rate("plans", "Rehabilitation plans", 29.9, "per 1,000", "2018", _PLANS,
         _events("SELECT cpr AS pnr FROM reg_genoptraeningsplaner"),
         certainty="P"),
)  # fmt: skip

RATES = (*_POPULATION, *_HOSPITAL, *_PSYCHIATRY, *_CHRONIC, *_PRIMARY, *_CARE)
