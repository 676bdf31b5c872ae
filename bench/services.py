"""Times the services inside one process: linking, search, gap and plan on the starter taxonomy and the demonstration."""

import tempfile
from datetime import date
from itertools import islice

from bench.measure import Figure, time_runs
from szlak.catalogue.app import App
from szlak.catalogue.model.linking import LinkText
from szlak.catalogue.model.matching import Limits, Profile, Target
from szlak.catalogue.model.search import SearchPlan
from szlak.catalogue.settings import Settings
from szlak.catalogue.starter.lexicon import load_lexicon

TEXTS = 256
QUERIES = ("księgowość", "obsługa wózka widłowego", "opieka nad osobami starszymi", "excel", "ksiegowosc online")


def time_services(runs: int) -> list[Figure]:
    """Time linking a text, one search with facets, a gap and a plan."""
    with tempfile.TemporaryDirectory() as directory:
        app = App(Settings.from_env({"SZLAK_DATA_DIR": directory}))
        try:
            app.start(demonstration=True)
            return _time(app, runs)
        finally:
            app.close()


def _time(app: App, runs: int) -> list[Figure]:
    texts = [LinkText(text=entry.sentences[0]) for entry in islice((e for e in load_lexicon() if e.sentences), 0, TEXTS * 50, 50)]
    occupation = next(uri for uri in app.catalogue.taxonomy.occupations if app.catalogue.taxonomy.needs(uri))
    target = [Target(uri=occupation)]
    return [
        time_runs(f"linking one text (batch of {len(texts)})", lambda: app.match.link(texts), runs=runs, per=len(texts)),
        time_runs(
            "one search with facets", lambda: [app.find.credentials(SearchPlan(text=q)) for q in QUERIES], runs=runs, per=len(QUERIES)
        ),
        time_runs("gap against an occupation", lambda: app.match.gap(Profile(), target), runs=runs),
        time_runs("plan against an occupation", lambda: app.match.plan(Profile(), target, Limits(end_by=date.max)), runs=runs),
    ]
