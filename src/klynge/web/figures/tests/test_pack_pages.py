"""The pages of data packs, and bringing one in through the page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from klynge.web.accounts.tests.builders import a_member, a_secretary, an_analyst
from klynge.web.figures import rules
from klynge.web.figures.models import Pack
from klynge.web.figures.tests.builders import an_imported_pack, plain, read
from klynge.web.figures.vocabulary import notice
from tests.datapack.builders import CREATED, a_pack, a_row, a_table, an_indicator

pytestmark = pytest.mark.django_db
LIST = "/datapakker/"


@pytest.fixture
def pack(tmp_path):
    return an_imported_pack(tmp_path)


def zipped(folder: Path, *, inside: str = "pack/", extra: dict[str, bytes] | None = None) -> bytes:
    """A folder as a ZIP file, in a folder of its own or not."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return content.getvalue()


def upload(client, content: bytes, name: str = "pakke.zip"):
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_the_list_works(client, pack):
    client.force_login(a_secretary())

    assert "vises nu" in read(client, LIST)


def test_the_newest_is_first(client, tmp_path):
    for year in (2025, 2027, 2026):
        folder = a_pack(tmp_path / str(year), created=CREATED.replace(year=year))
        rules.import_pack(folder, by=None)
    client.force_login(a_secretary())

    packs = client.get(LIST).context["packs"]

    assert [(pack.created.year, pack.is_current) for pack in packs] == [
        (2027, True),
        (2026, False),
        (2025, False),
    ]


def test_the_page_of_a_pack_works(client, pack):
    client.force_login(a_secretary())

    page = read(client, f"/datapakker/{pack.pk}/")

    assert "Opdigtet nøgletal dagophold" not in page
    assert "Dagophold" in page
    assert "bef 1.000 995 &lt;5 no_kom" in page  # the quality document
    assert "2023–2024" in page


def test_figures_held_against_published_ones_are_told_with_reasons(client, pack):
    client.force_login(a_secretary())

    page = read(client, f"/datapakker/{pack.pk}/")

    assert "Dagophold værdi, Kvinder, 18–44 år Danmark" in page
    assert "1.200 1.000,50 -16,6 % afviger (tilladt 5,0 %) Er det samme enhed?" in page
    assert "– – – ikke sammenlignet: vores tal er skjult" in page
    assert page.index("afviger") < page.index("ikke sammenlignet") < page.index("stemmer (tilladt")


@pytest.mark.parametrize("address", [LIST, "/datapakker/1/"])
def test_a_stranger_is_sent_to_login(client, address):
    assert client.get(address).headers["Location"] == f"/konto/log-ind/?next={address}"


def test_a_reader_may_see_but_not_bring_in(client, tmp_path):
    client.force_login(a_member())

    assert "Kontrollér og indlæs" not in read(client, LIST)
    response = upload(client, zipped(a_pack(tmp_path / "pack")))
    assert response.status_code == 403
    assert "Kun sekretariatet og analytikere" in response.content.decode()
    assert not Pack.objects.exists()


@pytest.mark.parametrize("user", [a_secretary, an_analyst])
@pytest.mark.parametrize("inside", ["pack/", ""])
def test_a_zip_file_is_brought_in(client, tmp_path, user, inside):
    client.force_login(user())

    page = upload(client, zipped(a_pack(tmp_path / "pack"), inside=inside))

    assert "Datapakken er indlæst, og siderne viser den nu." in page.content.decode()
    assert Pack.objects.get().imported_by.name == "Prøve Person"


def test_what_a_mac_adds_to_zip_files_does_not_matter(client, tmp_path):
    client.force_login(a_secretary())
    noise = {"__MACOSX/pack/._figures.csv": b"x", "pack/.DS_Store": b"x"}

    upload(client, zipped(a_pack(tmp_path / "pack"), extra=noise))

    assert Pack.objects.exists()


def test_the_same_pack_again_is_said(client, tmp_path):
    client.force_login(a_secretary())
    content = zipped(a_pack(tmp_path / "pack"))
    upload(client, content)

    assert "allerede indlæst" in upload(client, content).content.decode()


def test_the_reason_is_shown_on_the_page(client, tmp_path):
    client.force_login(a_secretary())
    folder = a_pack(tmp_path / "pack")
    (folder / "figures.csv").write_bytes((folder / "figures.csv").read_bytes()[:-1] + b"7")
    (folder / "quality.json").write_text("{", encoding="utf-8")

    response = upload(client, zipped(folder))

    page = plain(response.content.decode())
    assert response.status_code == 422
    assert "figures.csv" in page
    assert "quality.json" in page
    assert "Der er ikke gemt noget." in page
    assert not Pack.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a zip", "Filen er ikke en ZIP-fil"),
        (b"PK\x03\x04", "Filen er ikke en ZIP-fil"),
    ],
)
def test_what_is_no_zip_file_is_refused(client, content, said):
    client.force_login(a_secretary())

    response = upload(client, content)

    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("name", ["../outside.json", "pack/deeper/quality.json", "pack/run.sh"])
def test_a_zip_file_with_anything_else_in_it_is_refused(client, tmp_path, name):
    client.force_login(a_secretary())

    response = upload(client, zipped(a_pack(tmp_path / "pack"), extra={name: b"x"}))

    assert response.status_code == 422
    assert "rummer ikke netop én datapakke" in response.content.decode()


def test_a_pack_on_the_server_is_brought_in_by_name(client, tmp_path, settings):
    settings.HOME = tmp_path
    a_pack(tmp_path / "packs" / "marts")
    client.force_login(a_secretary())

    page = client.post(LIST, {"folder": "marts"}, follow=True)

    assert "Datapakken er indlæst" in page.content.decode()


@pytest.mark.parametrize("folder", ["../outside", "/etc", "nej"])
def test_nobody_can_point_outside_the_folder_for_packs(client, tmp_path, settings, folder):
    settings.HOME = tmp_path / "home"
    a_pack(tmp_path / "home" / "packs" / "marts")
    a_pack(tmp_path / "home" / "outside")
    client.force_login(a_secretary())

    page = client.post(LIST, {"folder": folder})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Pack.objects.exists()


def test_nothing_chosen_is_said(client):
    client.force_login(a_secretary())

    assert "Vælg en ZIP-fil." in client.post(LIST, {}).content.decode()


def test_a_rounded_pack_says_so_wherever_its_numbers_stand(client, tmp_path):
    row = a_row(indicator="dagophold", numerator=20, denominator=100, value=20.0)
    rounded = an_imported_pack(
        tmp_path,
        figures=a_table(row),
        indicators=[an_indicator("dagophold", ages=["all"])],
        rounding={"to": 5, "edition": "sha256:0"},
    )
    client.force_login(a_member())

    told = (
        "Alle antal er afrundet til nærmeste 5, og andele og rater er regnet af de afrundede antal"
    )
    for address in (LIST, f"{LIST}{rounded.pk}/", "/tal/"):
        assert told in read(client, address), address
    with translation.override("en"):
        assert "Every count is rounded to the nearest 5" in notice(rounded)


def test_an_exact_pack_says_nothing_of_rounding(client, pack):
    client.force_login(a_member())

    assert "summer går ikke" not in read(client, f"{LIST}{pack.pk}/")
