import pytest

from tropa.adapters.storage.branding_read import read_branding
from tropa.adapters.storage.playbook_read import read_playbook
from tropa.adapters.storage.project_read import project_from_text
from tropa.errors import ConfigError
from tropa.insight.conditions import Problem

HEAD = "version: 1\nproject: shop\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_a_look_is_read_with_its_mark(tmp_path):
    (tmp_path / "logo.png").write_bytes(PNG)
    (tmp_path / "look.yaml").write_text(
        "branding:\n  company: Росток\n  logo: logo.png\n  colour: 0a7d4f\n", encoding="utf-8"
    )
    look = read_branding(tmp_path / "look.yaml")
    assert (look.spec.company, look.spec.colour) == ("Росток", "#0A7D4F")
    assert look.logo is not None
    assert (look.logo.kind, look.logo.content) == ("png", PNG)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("company: A\ncolour: зелёный\n", "look.yaml:2:1, colour: “зелёный” is no colour."),
        ("colour: #0A7D4F\n", "look.yaml:1:1, colour: A colour after # is a comment to YAML."),
        ("colours: 0A7D4F\n", "look.yaml:1:1, colours"),
        ("logo: none.png\n", "The logo “none.png” cannot be read"),
        ("logo: look.yaml\n", "too large or no picture"),
    ],
)
def test_a_look_that_cannot_be_used_is_told_with_its_place(tmp_path, lines, said):
    (tmp_path / "look.yaml").write_text(lines, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_branding(tmp_path / "look.yaml")
    assert said in str(error.value)


def test_tropa_yaml_tells_a_wrong_colour_with_line_and_column():
    with pytest.raises(ConfigError) as error:
        project_from_text(f'{HEAD}branding:\n  company: A\n  stages: ["#12", "#0A7D4F"]\n')
    assert str(error.value).startswith("tropa.yaml:5:3, branding.stages: “#12” is no colour.")


def test_tropa_yaml_may_name_a_look_a_playbook_and_consent():
    project = project_from_text(
        f"{HEAD}playbook: ../ours\nbranding: {{company: A}}\nsources:\n"
        "  - {file: a.csv, kind: events, columns: {person: p, event: e, time: t, consent: opt_in}}\n"
    )
    assert project.playbook == "../ours"
    assert project.branding.company == "A"
    assert project.sources[0].columns.consent == "opt_in"


ENTRY = """[[entry]]
key = "ours"
when = { problems = ["loss"], groups = ["region"], dated = true }
ru = "Позвоните на шаге «{place}», с {since}"
step_ru = "Дайте телефон"
not_ru = "Не сейчас"
"""
BET = '[[bet]]\nkey = "call"\nwhen = { problems = ["loss", "wait"] }\nen = "call them"\nbecause_en = "a voice helps"\nease = 7\n'


def test_entries_and_bets_of_all_files_are_read(tmp_path):
    (tmp_path / "a.toml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "b.toml").write_text(BET, encoding="utf-8")
    shelf = read_playbook(tmp_path)
    assert [one.key for one in shelf.entries] == ["ours"]
    assert shelf.bets[0].when.problems == (Problem.LOSS, Problem.WAIT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            ENTRY.replace('"loss"', '"losses"'),
            "a.toml:3:1, entry.when: Nothing is called “losses” here.\nDid you mean “loss”?",
        ),
        (ENTRY.replace("groups", "group"), "a.toml:3:1, entry.when: Nothing is called “group” here."),
        (ENTRY.replace("{place}", "{plase}"), "a.toml:4:1, entry.ru: Nothing is called “{plase}” here."),
        (ENTRY.replace(", dated = true", ""), "a.toml:4:1, entry.ru: Nothing is called “{since}” here."),
        (ENTRY.replace('step_ru = "Дайте телефон"\n', ""), "a.toml:1:1, entry: “step_ru” is missing."),
        (ENTRY + "\n" + BET.replace("ease = 7", "ease = 11"), "a.toml:13:1, bet.ease: This lies between 1 and 10."),
        (ENTRY + ENTRY, "a.toml:8:1, entry.key: Two of “entry” have the key “ours”."),
        (ENTRY + 'oops = "unclosed\n', "a.toml:7"),
        ('[[advice]]\nkey = "a"\n', "a.toml:1:1: A playbook holds no “advice”."),
        (ENTRY.replace("not_ru", "nott_ru"), "a.toml:6:1, entry.nott_ru: Nothing is called “nott_ru” here."),
    ],
)
def test_a_wrong_entry_is_told_with_line_and_column(tmp_path, text, said):
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_playbook(tmp_path)
    assert said in str(error.value)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match="There is no folder"):
        read_playbook(tmp_path / "none")
