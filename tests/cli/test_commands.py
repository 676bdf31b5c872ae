"""The commands, from a package and a record file to a plan, on a catalogue of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from szlak.catalogue import app
from szlak.catalogue.messages import Message
from szlak.catalogue.model.matching import Basis, Gap, PlanResult, TargetOccupation
from szlak.cli.output import format_gap, format_plans
from tests.catalogue.esco.packages import WELDER
from tests.cli.conftest import TALK, WELD, Run


def write_lines(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


# --- import, harvest, index


def test_an_import_says_what_was_found(run: Run, package: Path) -> None:
    """The release, the counts, and status 0."""
    answer = run("esco", "import", package)
    assert answer.status == 0
    assert answer.out.startswith("ESCO 1.2.1 (pl) is imported.\n")


def test_what_is_not_esco_is_refused(run: Run, tmp_path: Path) -> None:
    """A file that is no package leaves status 1 and a sentence that says where to get one."""
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK")
    answer = run("esco", "import", other)
    assert (answer.status, answer.out) == (1, "")
    assert str(other) in answer.err
    assert "Traceback" not in answer.err


def test_a_harvest_counts_and_names_what_it_refused(run: Run, catalogue: Path, record_file: Path) -> None:
    """The second harvest finds everything unchanged; the refused line keeps the status at 1."""
    answer = run("harvest", record_file, data=catalogue)
    assert answer.status == 1
    assert answer.out.splitlines() == [
        "Read 4: 0 new, 0 changed, 3 unchanged, 1 refused.",
        "  line 4:",
        "    colour: This key is unknown.",
    ]


def test_a_harvest_report_as_json(run: Run, catalogue: Path, record_file: Path) -> None:
    """The same for programs."""
    report = run("harvest", record_file, "--json", data=catalogue).json
    assert (report["read"], report["unchanged"], report["complete"]) == (4, 3, True)
    assert report["invalid"] == [{"position": "line 4", "reasons": ["colour: This key is unknown."]}]


def test_an_index_that_is_up_to_date_stays(run: Run, catalogue: Path) -> None:
    """Running it again names the same generation."""
    first, second = run("index", data=catalogue), run("index", data=catalogue)
    assert first.status == 0
    assert first.out == second.out


# --- search


def test_search_shows_credentials_with_their_offers(run: Run, catalogue: Path) -> None:
    """Title, provider, then date, place and price of each offer."""
    answer = run("search", "spawanie", data=catalogue)
    assert answer.out.splitlines() == [
        "1 offer found.",
        "",
        "Spawanie w warsztacie",
        "  Warsztat Przykładowy · mc:test:1",
        "  – 2099-02-01 · online · 900.00 PLN",
    ]


def test_what_is_unknown_is_said(run: Run, catalogue: Path) -> None:
    """A credential without offers is shown, its dates unknown, in the language asked for."""
    assert "  – terminy nieznane" in run("search", "rozmowa", data=catalogue, lang="pl").out.splitlines()


def test_search_as_json_goes_on_with_its_cursor(run: Run, catalogue: Path) -> None:
    """The page has the shape of the API, and `next` leads to what follows."""
    first = run("search", "--limit", 1, "--json", data=catalogue).json
    assert set(first) == {"items", "total", "next"}
    second = run("search", "--limit", 1, "--cursor", first["next"], "--json", data=catalogue).json
    ids = [page["items"][0]["credential"]["record_id"] for page in (first, second)]
    assert sorted(ids) == ["mc:test:1", "mc:test:2"]
    assert second["next"] is None


def test_an_unknown_filter_value_is_an_error(run: Run, catalogue: Path) -> None:
    """A value that no document has is named."""
    answer = run("search", "--mode", "evening", data=catalogue)
    assert answer.status == 1
    assert "evening" in answer.err


# --- link


@pytest.mark.parametrize("k", [1, 2, 20])
def test_link_lists_exactly_k_or_all(run: Run, package: Path, tmp_path: Path, k: int) -> None:
    """Every line is answered in its place, the empty text too, with min(k, number of concepts) links."""
    texts = write_lines(tmp_path / "texts.jsonl", {"id": "b", "text": "spawać"}, {"id": 7, "text": ""}, {"id": None, "text": "x" * 200_000})
    out = tmp_path / "links.jsonl"
    answer = run("link", "--input", texts, "--output", out, "--top-k", k, "--esco", package)
    assert (answer.status, answer.out) == (0, "")
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["b", 7, None]
    assert all(len(line["links"]) == min(k, 2) for line in lines)
    best = lines[0]["links"][0]
    assert (best["concept_uri"], best["evidence"], best["accepted"]) == (WELD, [0, 6], best["zone"] == "accept")
    assert (bool(best["reasons"]), len(best["explanation"])) == (best["zone"] != "nothing", len(best["reasons"]))
    assert [line["nil"] for line in lines] == [all(link["zone"] == "nothing" for link in line["links"]) for line in lines]


def test_link_with_packages_leaves_the_database_alone(run: Run, package: Path, tmp_path: Path) -> None:
    """With `--esco` no database is made."""
    texts = write_lines(tmp_path / "texts.jsonl", {"id": 1, "text": "spawać"})
    run("link", "--input", texts, "--output", tmp_path / "links.jsonl", "--esco", package)
    assert not (tmp_path / "data" / "szlak.db").exists()


def test_link_writes_ids_that_are_no_text_as_they_came(run: Run, package: Path, tmp_path: Path) -> None:
    """Half a surrogate pair in an id comes back as the same JSON."""
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "\\ud800", "text": "spawa\\udc07"}\n')
    out = tmp_path / "links.jsonl"
    assert run("link", "--input", texts, "--output", out, "--esco", package).status == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "\ud800"


@pytest.mark.parametrize("bad", ['{"id": 2}', "no json", '{"id": 2, "text": NaN}', "[" * 100_000])
def test_a_bad_line_leaves_the_old_output_and_nothing_beside_it(run: Run, package: Path, tmp_path: Path, bad: str) -> None:
    """The line is named; what was there before stays as it was."""
    texts, out = tmp_path / "texts.jsonl", tmp_path / "links.jsonl"
    texts.write_text('{"id": 1, "text": "spawać"}\n' + bad + "\n", encoding="utf-8")
    out.write_text("old\n", encoding="utf-8")
    answer = run("link", "--input", texts, "--output", out, "--esco", package)
    assert answer.status == 1
    assert "ine 2 " in answer.err
    assert out.read_text(encoding="utf-8") == "old\n"
    assert sorted(path.name for path in tmp_path.glob("links*")) == ["links.jsonl"]


def test_an_output_that_cannot_be_written_is_said(run: Run, package: Path, tmp_path: Path) -> None:
    """A folder that is not there is named."""
    texts = write_lines(tmp_path / "texts.jsonl", {"id": 1, "text": "spawać"})
    answer = run("link", "--input", texts, "--output", tmp_path / "nowhere" / "links.jsonl", "--esco", package)
    assert answer.status == 1
    assert "nowhere" in answer.err


# --- gap and plan


def test_a_gap_for_an_occupation(run: Run, catalogue: Path, profile: Path) -> None:
    """What the person has is had, the neighbour of what they have is partly there; the keys are the promised ones."""
    gap = run("gap", "--profile", profile, "--target", f"{WELD.rsplit('/', 2)[0]}/occupation/welder", "--json", data=catalogue).json
    assert gap["schema_version"] == 1
    assert {skill["concept_uri"]: skill["state"] for skill in gap["skills"]} == {WELD: "partly", TALK: "have"}
    assert set(gap["skills"][0]) >= {"concept_uri", "label", "need", "weight", "state", "proof", "reason"}


@pytest.mark.parametrize("target", ["v:test:1", WELD])
def test_a_gap_is_printed_a_skill_a_line(run: Run, catalogue: Path, profile: Path, target: str) -> None:
    """State, name and reason."""
    answer = run("gap", "--profile", profile, "--target", target, data=catalogue)
    assert answer.status == 0
    assert any(line.startswith("partly") and "spawać" in line for line in answer.out.splitlines())


def test_a_target_may_be_a_file_that_is_not_stored(run: Run, catalogue: Path, profile: Path, tmp_path: Path) -> None:
    """A pasted vacancy needs only its text."""
    vacancy = tmp_path / "vacancy.json"
    vacancy.write_text(json.dumps({"text": "Wymagania:\n- spawać"}), encoding="utf-8")
    gap = run("gap", "--profile", profile, "--target", vacancy, "--json", data=catalogue).json
    assert [skill["concept_uri"] for skill in gap["skills"]] == [WELD]


def test_a_plan_takes_the_offer_that_closes_the_gap(run: Run, catalogue: Path, profile: Path) -> None:
    """One plan, `fullest`, with the promised keys; amounts are strings."""
    (plan,) = run("plan", "--profile", profile, "--target", WELD, "--json", data=catalogue).json["plans"]
    assert (plan["name"], plan["bound_pct"], plan["time_limited"], plan["still_missing"]) == ("fullest", 0, False, [])
    (offer,) = plan["offers"]
    assert (offer["credential_id"], offer["price_pln"], offer["start"]) == ("mc:test:1", "900.00", "2099-02-01")


def test_flags_override_the_limits_of_the_file(run: Run, catalogue: Path, profile: Path, tmp_path: Path) -> None:
    """A budget on the command line counts instead of that in the file."""
    limits = tmp_path / "limits.json"
    limits.write_text('{"budget_pln": 100}')
    words = ("plan", "--profile", profile, "--target", WELD, "--limits", limits)
    assert run(*words, data=catalogue).out == "No offer closes any of the gap within these limits.\n"
    assert "900.00 PLN" in run(*words, "--budget", 1000, data=catalogue).out


@pytest.mark.parametrize(
    ("profile_json", "more"),
    [
        ('{"skills": [], "colour": "red"}', ()),
        ('{"skills": [{"concept_uri": "urn:nowhere"}]}', ()),
        ("{", ()),
        ("{}", ("--budget", "-1")),
        ("{}", ("--target", "no such vacancy")),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    run: Run, catalogue: Path, tmp_path: Path, profile_json: str, more: tuple[str, ...]
) -> None:
    """Status 1, nothing on standard output, no traceback."""
    path = tmp_path / "bad.json"
    path.write_text(profile_json)
    answer = run("plan", "--profile", path, "--target", WELD, *more, data=catalogue)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", ["gap", "plan"])
def test_an_occupation_may_be_named_by_a_job_title(run: Run, catalogue: Path, profile: Path, command: str) -> None:
    """The answer says first what the title was taken for; JSON says it too."""
    words = (command, "--profile", profile, "--occupation", "spawaczka")
    out = run(*words, data=catalogue).out.splitlines()
    assert "“spawaczka” is taken for the occupation “spawacz”" in out[0]
    assert out[0].endswith(WELDER)
    (found,) = run(*words, "--json", data=catalogue).json["occupations"]
    assert (found["concept_uri"], found["title"], found["basis"], found["note"]) == (WELDER, "spawaczka", "relations", None)


def test_an_occupation_may_be_named_by_its_uri(run: Run, catalogue: Path, profile: Path) -> None:
    """As with `--target`; both flags may stand together, and of equal needs the wish itself is the reason."""
    gap = run("gap", "--profile", profile, "--occupation", WELDER, "--target", WELD, "--json", data=catalogue).json
    assert [found["title"] for found in gap["occupations"]] == [None]
    assert {skill["concept_uri"]: skill["basis"] for skill in gap["skills"]} == {WELD: None, TALK: "relations"}


def test_a_title_that_is_not_clear_is_not_guessed(run: Run, catalogue: Path, profile: Path) -> None:
    """Status 1, and a sentence that says what to give instead."""
    answer = run("gap", "--profile", profile, "--occupation", "astronauta", data=catalogue)
    assert (answer.status, answer.out) == (1, "")
    assert "“astronauta”. Use another job title, or the URI of an occupation." in answer.err


def test_what_is_machine_made_is_said_before_the_skills() -> None:
    """A reader of the text sees the note of the occupation first."""
    occupation = TargetOccupation(concept_uri=WELDER, label="spawacz", basis=Basis.DUTIES, note=Message("Not loaded."))
    assert format_gap(Gap(skills=(), occupations=(occupation,)), "en").splitlines()[0] == "Not loaded."
    assert format_plans(PlanResult(plans=(), occupations=(occupation,)), lambda *_: None, "en") == "Not loaded."


# --- export


def test_an_export_is_the_same_twice_and_can_be_harvested(run: Run, catalogue: Path, tmp_path: Path) -> None:
    """One file a table, equal bytes for equal content; its records are record files."""
    for name in ("one", "two"):
        assert run("export", "--output", tmp_path / name, data=catalogue).status == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    answer = run("harvest", tmp_path / "one" / "credentials.jsonl", data=catalogue)
    assert (answer.status, answer.out.splitlines()[0]) == (0, "Read 2: 0 new, 0 changed, 2 unchanged, 0 refused.")


# --- statuses


def test_an_unknown_setting_is_status_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable stops the command before it does anything."""
    monkeypatch.setenv("SZLAK_PROT", "8000")
    answer = run("index")
    assert (answer.status, answer.out) == (2, "")
    assert "SZLAK_PROT" in answer.err


def test_an_interrupt_is_status_130_and_says_what_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends in a sentence."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.App, "ensure_index", interrupt)
    answer = run("search", "x")
    assert answer.status == 130
    assert answer.err.startswith("Stopped.")


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_traceback(catalogue: Path) -> None:
    """`szlak … | head` ends quietly."""
    environ = {**os.environ, "SZLAK_DATA_DIR": str(catalogue), "SZLAK_LANGUAGE": "en"}
    command = [sys.executable, "-m", "szlak", "search", "--json"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as err:
        assert "Traceback" not in err.read()
    process.wait()


def test_a_link_is_followed_and_what_is_no_file_is_never_replaced(run: Run, package: Path, tmp_path: Path) -> None:
    """Output to a pipe goes through it; output to a link goes where it leads; a folder is refused."""
    (tmp_path / "texts.jsonl").write_text('{"id": 1, "text": "spawać"}\n', encoding="utf-8")
    (tmp_path / "real.jsonl").write_text("old", encoding="utf-8")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    command = ("link", "--input", tmp_path / "texts.jsonl", "--esco", package, "--output")
    assert run(*command, tmp_path / "link.jsonl").status == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert '"links"' in (tmp_path / "real.jsonl").read_text(encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run(*command, tmp_path / "pipe").status == 0
    assert (tmp_path / "pipe").is_fifo()
    assert b'"links"' in os.read(reader, 100_000)
    os.close(reader)
    assert "folder" in run(*command, tmp_path).err
