"""Cells that show a view of every kind, of small made-up tables."""

from __future__ import annotations

from pathlib import Path

from lab import write_cells

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter
from analysis.views.sharing import EVIDENCE

START = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "from pathlib import Path\nimport ipywidgets as widgets\nimport analysis as an\n"
    "import test_actor_view, test_claims, test_keyness_view, test_story_view\n"
    "from made_tables import make_tables\nfrom analysis.views import charts, evidence\n"
    "from analysis.views.explorer import Explorer\ntables = make_tables()"
)
LINKED = (
    "frames = Explorer(evidence.frame_evidence(tables), dimensions=['frame', 'voice', 'speaker'],"
    " unit='frame match')\n"
    "widgets.VBox([frames.filters(), frames.dates(), frames.timeline(colour='frame'), frames.lanes('frame'),"
    " frames.counts('frame', 'outlet'), frames.articles(colour='frame'), frames.contexts(),"
    " frames.downloads(), frames.sentences()])"
)
SEEN = (
    "seen = widgets.Label('Python waits')\n"
    "def tell(change): seen.value = f'Python sees {len(frames.selection())} rows'\n"
    "frames.store.observe(tell, 'filters')\nseen"
)
OTHERS = (
    "claims = test_claims.claim_explorer()\nwidgets.VBox([claims.claims(), claims.sentences()])",
    "an.show_actor(test_actor_view.build())",
    "an.show_keyness(test_keyness_view.build((5, 5, 1)), units='word', permutations=200)",
    "Path('stories').mkdir(exist_ok=True)\nstories = test_story_view.extract_stories(Path('stories'))\n"
    "an.show_story(stories)",
    "an.show_reader(stories)",
)
CHART = "charts.plot_frames(tables)"
CELLS = (START, LINKED, SEEN, *OTHERS, CHART)


PAGE = "page.html"


def write_views(folder: Path) -> None:
    """Write a page with a view of every kind, made as a report makes it: evidence alone travels with it."""
    nb = write_cells(folder / "views.ipynb", CELLS)
    assert run_notebook(nb, folder=folder, timeout=300, progress=print, texts=EVIDENCE) is None
    (folder / PAGE).write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
