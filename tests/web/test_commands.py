"""`klynge web ...` from the command line."""

from __future__ import annotations

import socket

import pytest

from klynge.cli import main
from klynge.web.accounts.tests.builders import an_analyst
from klynge.web.audit.models import Event
from klynge.web.figures.models import Pack
from tests.datapack.builders import a_pack


@pytest.mark.django_db
def test_import_brings_a_pack_in_and_notes_who_did_it(tmp_path, capsys):
    analyst = an_analyst()

    code = main(["web", "import", str(a_pack(tmp_path / "pack")), "--by", analyst.username])

    assert code == 0
    assert Pack.objects.count() == 1
    assert Event.objects.filter(by_id=str(analyst.pk)).exists()


@pytest.mark.django_db
def test_import_of_what_is_no_pack_says_so_and_saves_nothing(tmp_path, capsys):
    (tmp_path / "empty").mkdir()

    code = main(["web", "import", str(tmp_path / "empty")])

    assert code == 10
    assert "datapackage.json" in capsys.readouterr().err
    assert not Pack.objects.exists()


@pytest.mark.django_db
def test_import_by_an_unknown_user_is_wrong_use(tmp_path, capsys):
    code = main(["web", "import", str(a_pack(tmp_path / "pack")), "--by", "ingen"])

    assert code == 2
    assert not Pack.objects.exists()


def test_serve_says_when_the_port_is_taken(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        code = main(["web", "serve", "--port", str(port)])

    assert code == 2
    assert f"Porten {port} kan ikke bruges" in capsys.readouterr().err


def test_manage_is_djangos_own(capsys):
    assert main(["web", "manage", "diffsettings", "--all"]) == 0
    assert "LANGUAGE_CODE = 'da'" in capsys.readouterr().out
