"""Codebooks of the user's own: what is wrong with one and on which line, extensions, and where they run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.cli import main
from analysis.codebooks import choose_codebooks, load_codebook, load_topic
from analysis.codebooks.lines import locate_keys
from analysis.errors import CodebookError
from analysis.report.versions import fingerprint_corpus

HEAD = 'name = "mine"\nversion = "1"\n'
BASE = f"""{HEAD}
[[category]]
name = "rain"
definition = "Water from above."

[category.entries.drops]
patterns = ["rain~"]
unless = [
  "rain of blows",
  "rain dance",
]

[category.entries.storm]
patterns = ["storm~"]

[[category]]
name = "sun"
definition = "Light from above."

[category.entries.shine]
patterns = ["sunshine"]
"""
CHILD = 'name = "child"\nversion = "2"\nextends = "base.toml"\n'
PAGE = (
    "It rained on Friday.\nThe storm cost thousands of jobs, and the tax cut did not help in the sunshine.\n"
)


@pytest.fixture
def write(tmp_path):
    def run(text, name="mine.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return run


def line_of(text, words, nth=1):
    found = [n for n, line in enumerate(text.splitlines(), 1) if words in line]
    return found[min(nth, len(found)) - 1]


# What is wrong, and where


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('version = "1"', 'version = "1"\nlicense = "CC0"', "license", "Did you mean 'licence'"),
        ('definition = "Light', 'defnition = "Light', "defnition", "Did you mean 'definition'"),
        ('definition = "Light from above."\n', "", 'name = "sun"', "'definition' is missing"),
        ('patterns = ["storm~"]', 'pattern = ["storm~"]', "pattern =", "Did you mean 'patterns'"),
        ('  "rain dance",', '  "rain [dance",', "rain [dance", "half a pair"),
        ('patterns = ["storm~"]', "patterns = [7]", "[7]", "a list of texts"),
        ('patterns = ["storm~"]', 'patterns = ["storm~"]\nnegated = true', "negated", "One of: keep, cancel"),
        ('["storm~"]', '["gale~"]\nonly_near = ["x"]\nwithin = 0', "within", "from 1 on"),
        ('patterns = ["storm~"]', 'patterns = ["storm~"]\nwithin = 4', "within", "stands alone"),
        ('name = "sun"', 'name = "rain"', 'name = "rain"', "two categories 'rain'"),
        ("[category.entries.storm]", "[category.entries.drops]", "[category.entries.drops]", "twice"),
        ('patterns = ["storm~"]', f'patterns = ["{"a? " * 20}b"]', "a? a?", "more than 4096"),
    ],
)  # fmt: skip
def test_a_broken_codebook_is_a_message_with_its_line(write, old, new, at, message, ends):
    text = BASE.replace(old, new)
    path = write("")
    path.write_bytes(text.replace("\n", ends).encode())
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert message in str(caught.value)
    # What stands twice is wrong the second time.
    line = line_of(text, "[[category]]" if "missing" in message else at, 2)
    assert f"mine.toml, line {line}" in str(caught.value)
    assert caught.value.allowed and caught.value.todo


def test_everything_wrong_is_told_at_once(write):
    text = BASE.replace("patterns", "paterns").replace('version = "1"', "version = 1")
    with pytest.raises(CodebookError) as caught:
        load_codebook(write(text))
    for n in [n for n, line in enumerate(text.splitlines(), 1) if "paterns" in line]:
        assert f"mine.toml, line {n}" in str(caught.value)
    assert "'version' is 1" in caught.value.what


def test_a_pattern_that_stands_twice_is_a_warning_with_its_line(write):
    text = BASE.replace('"storm~"', '"storm~", "Rain~"')
    (problem,) = load_codebook(write(text)).problems
    assert (problem.severity, problem.line) == ("warning", line_of(text, "Rain~"))
    assert "'drops' already" in problem.what


@pytest.mark.parametrize("name", ["policy_frames", "narrative_frames", "news_frames"])
def test_nothing_is_doubtful_in_what_ships(name):
    assert load_codebook(name).problems == ()
    for topic in load_topic("uk_migration").codebooks:
        assert load_codebook(topic).problems == ()
    assert load_topic("uk_migration").problems == ()


def test_a_byte_order_mark_is_passed_over(write):
    path = write("")
    path.write_bytes(b"\xef\xbb\xbf" + BASE.encode())
    assert load_codebook(path).name == "mine"


# Lines

_KEYS = st.text(alphabet="ab c.#\"'[]=é\n\\", min_size=1, max_size=5)
_TEXTS = st.text(alphabet="x=[]{}#\"'\n,\\", max_size=8)


def quoted(text):
    return '"' + "".join(f"\\u{ord(c):04x}" if c in '"\\\n' else c for c in text) + '"'


@given(st.lists(st.tuples(_KEYS, st.lists(_TEXTS, max_size=3), st.booleans()), max_size=5))
def test_every_key_is_found_on_its_own_line(tables):
    lines, expected = [], {}
    for n, (key, items, spread) in enumerate(tables):
        lines += ["# [[t]] # x = 1", "[[t]]"]
        expected["t", n] = len(lines)
        lines.append("note = '''a\n[[t]]\n''' # 'x")
        lines = "\n".join(lines).split("\n")
        lines.append(f"{quoted(key)} = [" + ("" if spread else ", ".join(map(quoted, items)) + "]"))
        expected["t", n, key] = len(lines)
        for at, item in enumerate(items):
            if spread:
                lines.append(f"  {quoted(item)}, # ]")
            expected["t", n, key, at] = len(lines)
        if spread:
            lines.append("]")
    found = locate_keys("\n".join(lines))
    assert {path: found[path] for path in expected if path[-1] != "note"} == expected


def test_inline_tables_dotted_keys_and_numbers_are_passed_through():
    found = locate_keys('a.b = { c = 1.5, "d" = [2, {e = 2025-01-31 10:00:00}] }\n\n[f."g.h"]\nk = 1\n')
    assert found["a", "b", "d", 1, "e"] == 1
    assert (found["f", "g.h"], found["f", "g.h", "k"]) == (3, 4)


# Extensions


def test_an_extension_has_its_parents_entries_and_its_own(write):
    write(BASE, "base.toml")
    book = load_codebook(write(CHILD + """
[[category]]
name = "rain"
remove = ["storm"]
[category.entries.drops]
patterns = ["drizzle~"]
[category.entries.hail]
patterns = ["hail"]
[[category]]
name = "wind"
definition = "Air that moves."
[category.entries.gust]
patterns = ["gust~"]
"""))  # fmt: skip
    assert [entry.id for entry in book.entries] == ["rain:drops", "rain:hail", "sun:shine", "wind:gust"]
    assert book.entries[0].patterns == ("drizzle~",)
    assert [category.name for category in book.categories] == ["rain", "sun", "wind"]
    assert book.categories[0].definition == "Water from above."
    assert (book.name, book.version, book.lineage) == ("child", "2", ("mine",))


def test_levels_add_up_and_a_change_below_is_seen(write):
    write(BASE, "base.toml")
    write(CHILD, "child.toml")
    path = write('name = "grandchild"\nversion = "1"\nextends = "child.toml"\n')
    first = load_codebook(path)
    assert first.lineage == ("child", "mine")
    write(BASE.replace("sunshine", "sunlight"), "base.toml")
    second = load_codebook(path)
    assert "sunlight" in second.entries[-1].patterns
    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CHILD.replace("base.toml", "policy_frame"), "Did you mean 'policy_frames'"),
        (CHILD.replace("base.toml", "basis.toml"), "there is no such file"),
        (CHILD + '[[category]]\nname = "rainy"\n', "'rainy' is no category .* Did you mean 'rain'"),
        (
            CHILD + '[[category]]\nname = "rain"\nremove = ["stom"]\n',
            "no entry 'stom' .* Did you mean 'storm'",
        ),
    ],
)
def test_an_extension_of_what_is_not_there_is_told(write, text, message):
    write(BASE, "base.toml")
    with pytest.raises(CodebookError, match=rf"(?s)mine\.toml, line \d+.*{message}"):
        load_codebook(write(text))


def test_a_cycle_names_its_chain(write):
    first = write(CHILD.replace("base", "second"), "first.toml")
    write(CHILD.replace("base", "first"), "second.toml")
    with pytest.raises(CodebookError, match=r"first\.toml -> second\.toml -> first\.toml") as caught:
        load_codebook(first)
    assert "second.toml, line 3" in str(caught.value)


def test_an_own_codebook_runs_beside_the_others_an_extension_instead(write):
    own = load_codebook(write(BASE))
    names = [book.name for book in choose_codebooks((), [own])]
    assert names == ["policy_frames", "narrative_frames", "news_frames", "mine"]
    child = load_codebook(write(CHILD.replace("base.toml", "policy_frames"), "child.toml"))
    names = [book.name for book in choose_codebooks((), [child])]
    assert names == ["narrative_frames", "news_frames", "child"]
    both = [child, load_codebook("policy_frames")]
    assert {"child", "policy_frames"} <= {book.name for book in choose_codebooks((), both)}


def test_an_extension_of_a_packs_codebook_runs_on_its_topic_alone(write):
    child = load_codebook(write(CHILD.replace("base.toml", "immigration_frames")))
    bound = load_topic("uk_migration").codebooks
    assert "child" not in {book.name for book in choose_codebooks((), [child], bound=bound)}
    on_topic = {book.name for book in choose_codebooks(bound, [child], bound=bound)}
    assert "child" in on_topic and "immigration_frames" not in on_topic


def test_two_codebooks_of_one_name_are_told(write):
    with pytest.raises(CodebookError, match="Two codebooks are called 'news_frames'"):
        choose_codebooks((), [load_codebook(write(BASE.replace('"mine"', '"news_frames"')))])


# A study


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    return folder


def test_the_codebooks_of_a_study_run_and_are_no_pages(study):
    (study / "codebook.toml").write_text(BASE, encoding="utf-8")
    (study / "more.toml").write_text(BASE.replace('"mine"', '"more"'), encoding="utf-8")
    (study / "corpus.toml").write_text('codebooks = ["more.toml"]\n', encoding="utf-8")
    corpus = an.load(study)
    assert not corpus.problems
    tables = an.extract(corpus)
    assert dict(tables.codebooks)["mine"] == "1"
    rows = tables.frames[tables.frames["codebook"].isin(["mine", "more"])]
    assert set(zip(rows["codebook"], rows["entry"], strict=True)) == {
        (book, entry) for book in ("mine", "more") for entry in ("rain:drops", "rain:storm", "sun:shine")
    }
    assert (rows["version"] == "1").all()


def test_a_changed_codebook_changes_both_fingerprints(study, tmp_path):
    outside = tmp_path / "outside.toml"
    (study / "corpus.toml").write_text('codebooks = ["../outside.toml"]\n', encoding="utf-8")
    met = set()
    for text in (BASE, BASE.replace("storm~", "gale~")):
        outside.write_text(text, encoding="utf-8")
        corpus = an.load(study)
        met.add((corpus.fingerprint, fingerprint_corpus(study)))
        entries = set(an.extract(corpus).frames["entry"])
        assert ("rain:storm" in entries) == ("storm~" in text)
    assert len({first for first, _ in met}) == len({second for _, second in met}) == 2


def test_check_prints_what_a_codebook_holds(write, capsys):
    assert main(["check", str(write(BASE.replace('"storm~"', '"rain~"')))]) == 0
    said = capsys.readouterr().out
    assert "codebook mine 1 (mine): 2 categories, 3 entries, 3 patterns; 1 warning." in said
    assert "warning" in said.splitlines()[-1] and "line" in said.splitlines()[-1]


def test_check_ends_with_2_on_a_broken_codebook_alone_or_in_a_study(study, capsys):
    path = study / "codebook.toml"
    path.write_text(BASE.replace("definition", "defnition"), encoding="utf-8")
    for given_path in (path, study):
        assert main(["check", str(given_path)]) == 2
        assert f"codebook.toml, line {line_of(BASE, 'definition')}" in capsys.readouterr().err
    path.write_text(BASE, encoding="utf-8")
    assert main(["check", str(study)]) == 0
    assert "mine 1" in capsys.readouterr().out


def test_check_of_a_topic_pack_names_a_codebook_that_is_not_there(write, capsys):
    text = 'name = "p"\nversion = "1"\ntitle = "P"\ncodebooks = [\n  "immigration_frams",\n]\n'
    assert main(["check", str(write(text))]) == 2
    assert "mine.toml, line 5" in capsys.readouterr().err
