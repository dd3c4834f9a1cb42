"""`klynge datapack verify | show | keygen | sign`. (`build` is added by the engine.)"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klynge.texts import _

if TYPE_CHECKING:
    from klynge.cli import Groups
    from klynge.datapack import Pack


def add_commands(groups: Groups) -> None:
    """The commands of a data pack."""
    actions = groups.group("datapack", _("byg, kontrollér og vis datapakker"))
    _add_verify(actions)
    _add_show(actions)
    _add_keygen(actions)
    _add_sign(actions)


def _add_verify(actions: Any) -> None:
    verify = _added(actions, "verify", _("kontrollér, at en datapakke er hel og i orden"))
    verify.add_argument("pack", type=Path, metavar="PACK", help=_("datapakkens mappe"))
    verify.add_argument(
        "--public-key",
        type=Path,
        metavar=_("FIL"),
        help=_("kræv, at pakken er underskrevet med den private del af denne nøgle"),
    )
    verify.add_argument("--json", action="store_true", help=_("svar som JSON"))
    verify.set_defaults(run=run_verify)


def _add_show(actions: Any) -> None:
    show = _added(actions, "show", _("vis tallene for én indikator"))
    show.add_argument("pack", type=Path, metavar="PACK", help=_("datapakkens mappe"))
    show.add_argument("--indicator", required=True, metavar=_("KODE"), help=_("indikatorens kode"))
    show.add_argument(
        "--place",
        metavar=_("SLAGS:ID"),
        help=_("ét sted med køn og alder, fx klynge:rm-randers, kommune:730 eller land:DK"),
    )
    show.add_argument("--period", metavar="P", help=_("fx 2024, 2024-K3 eller 2024-11"))
    show.add_argument("--json", action="store_true", help=_("alle rækker som JSON"))
    show.set_defaults(run=run_show)


def _add_keygen(actions: Any) -> None:
    keygen = _added(actions, "keygen", _("lav et nøglepar til at underskrive datapakker"))
    keygen.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=_("NAVN"),
        help=_("skriver NAVN.private.pem og NAVN.public.pem"),
    )
    keygen.set_defaults(run=run_keygen)


def _add_sign(actions: Any) -> None:
    sign = _added(actions, "sign", _("underskriv en datapakke"))
    sign.add_argument("pack", type=Path, metavar="PACK", help=_("datapakkens mappe"))
    sign.add_argument(
        "--key", type=Path, required=True, metavar=_("FIL"), help=_("den private nøgle")
    )
    sign.set_defaults(run=run_sign)


def _added(actions: Any, name: str, help: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help, description=help)
    return parser


def run_verify(options: argparse.Namespace) -> int:
    """Say what the pack is, or everything that is wrong with it (exit code 10)."""
    from klynge import datapack
    from klynge.datapack.showing import summary
    from klynge.faults import BadInput

    key = datapack.load_public_key(options.public_key) if options.public_key else None
    try:
        seen = summary(datapack.read(options.pack, public_key=key))
    except BadInput as error:
        if not options.json:
            raise
        _print_json({"ok": False, "faults": [asdict(fault) for fault in error.faults]})
        return error.exit_code
    if options.json:
        told = {**asdict(seen), "hidden_share": round(seen.hidden_share, 2)}
        _print_json({"ok": True, "faults": [], "pack": told})
    else:
        print("\n".join(_told(options.pack, seen, checked=key is not None)))
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print one indicator's definition in short and its figures as a table."""
    from klynge import datapack
    from klynge.datapack import showing

    pack = datapack.read(options.pack)
    rows = showing.choose(
        pack, indicator=options.indicator, place=options.place, period=options.period
    )
    entry = showing.definition(pack, options.indicator)
    if options.json:
        _print_json({"indicator": entry, "figures": rows.to_pylist()})
        return 0
    print("\n".join(_heading(pack, entry)))
    print()
    some = rows if options.place else showing.overview(rows)
    print("\n".join(showing.table(pack, some)) if rows.num_rows else _("Ingen tal."))
    if some.num_rows < rows.num_rows:
        print()
        print(_("Køn og alder vises for ét sted ad gangen: --place SLAGS:ID."))
    return 0


def run_keygen(options: argparse.Namespace) -> int:
    """Write a new key pair; never over a file that is there."""
    from klynge.datapack.sealing import write_new_keys

    private, public = write_new_keys(options.out)
    print(
        _("Skrev {private} (hold den hemmelig) og {public}.").format(private=private, public=public)
    )
    return 0


def run_sign(options: argparse.Namespace) -> int:
    """Sign a pack that is in order."""
    from klynge import datapack

    key = datapack.load_private_key(options.key)
    folder = datapack.sign(datapack.read(options.pack), key)
    print(_("Underskrev {folder}.").format(folder=folder))
    return 0


def _told(folder: Path, seen: Any, *, checked: bool) -> list[str]:
    from klynge.datapack.showing import number

    places = ", ".join(f"{count} {kind}" for kind, count in seen.places.items())
    hidden = _("{hidden} skjult ({share} % af de opgjorte), {not_counted} ikke opgjort").format(
        hidden=number(seen.hidden),
        share=number(seen.hidden_share, decimals=1),
        not_counted=number(seen.not_counted),
    )
    signed = _("ja, med den angivne nøgle") if checked else _("ja, men afsenderen er ikke prøvet")
    facts = [
        (_("Lavet:"), f"{seen.created}, klynge {seen.version}, {seen.engine}"),
        (_("Bemærk:"), seen.note),
        (_("Afrundet:"), _rounding(seen.rounded_to)),
        (_("År:"), ", ".join(map(str, seen.years))),
        (_("Steder:"), places),
        (_("Celler:"), f"{number(seen.cells)}: {hidden}"),
        (_("Underskrevet:"), signed if seen.signed_by else _("nej")),
        (_("Indikatorer:"), str(len(seen.indicators))),
    ]
    width = max(len(label) for label, _text in facts)
    lines = [_("{folder} er hel og i orden: {title}.").format(folder=folder, title=seen.title)]
    lines += [f"  {label:<{width}} {text}" for label, text in facts if text]
    codes = max((len(code) for code in seen.indicators), default=0)
    return lines + [f"    {code:<{codes}}  {title}" for code, title in seen.indicators.items()]


def _heading(pack: Pack, entry: Any) -> list[str]:
    from klynge.datapack.showing import in_language

    certainty = {
        "S": _("S: efter kilden"),
        "P": _("P: delvis efter kilden"),
        "K": _("K: lokal definition"),
    }[entry["certainty"]]
    note = in_language(entry["certainty_note"])
    facts = [
        (_("Tæller:"), in_language(entry["numerator"])),
        (_("Nævner:"), in_language(entry["denominator"])),
        (_("Enhed:"), in_language(entry["unit"])),
        (_("Sikkerhed:"), f"{certainty}. {note}" if note else certainty),
        (_("Bemærk:"), pack.note),
        (_("Afrundet:"), _rounding(pack.rounded_to)),
    ]
    width = max(len(label) for label, _text in facts)
    lines = [f"{in_language(entry['title'])} ({entry['code']})"]
    return lines + [f"  {label:<{width}} {text}" for label, text in facts if text]


def _rounding(step: int | None) -> str:
    if step is None:
        return ""
    return _("alle antal til nærmeste {step}; summer går ikke altid op").format(step=step)


def _print_json(answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))
