"""Decision analysis as code for policy options.

A decision is a folder of YAML under git, the dossier. `load` reads one, `check` says what a sound analysis
would still need, `rank` ranks its options, `sensitivity` and `robustness` say how firm the ranking is, and `briefing`
writes what a decision maker reads. `DecisionMatrix` takes plain arrays.
"""

TYPE_CHECKING = False  # type checkers read it as true; importing typing would cost more than all of `--version`
if TYPE_CHECKING:
    from policyopts.analysis.checks import check
    from policyopts.analysis.ranked import rank
    from policyopts.analysis.robustness_figures import robustness
    from policyopts.analysis.sensitivity_figures import sensitivity
    from policyopts.engine.errors import EngineError
    from policyopts.engine.matrix import DecisionMatrix
    from policyopts.engine.ranking import Ranking
    from policyopts.engine.robustness.assessment import Robustness
    from policyopts.engine.sensitivity.assessment import Sensitivity
    from policyopts.engine.weighing import Weights, weights
    from policyopts.findings import DossierError, Finding, PolicyOptsError, Severity
    from policyopts.model.dossier import Dossier
    from policyopts.records.loader import load
    from policyopts.report.briefing import briefing

__version__ = "0.1.0"

__all__ = [
    "DecisionMatrix",
    "Dossier",
    "DossierError",
    "EngineError",
    "Finding",
    "PolicyOptsError",
    "Ranking",
    "Robustness",
    "Sensitivity",
    "Severity",
    "Weights",
    "__version__",
    "briefing",
    "check",
    "load",
    "rank",
    "robustness",
    "sensitivity",
    "weights",
]

_HOMES = {
    "DecisionMatrix": "engine.matrix",
    "Dossier": "model.dossier",
    "DossierError": "findings",
    "EngineError": "engine.errors",
    "Finding": "findings",
    "PolicyOptsError": "findings",
    "Ranking": "engine.ranking",
    "Robustness": "engine.robustness.assessment",
    "Sensitivity": "engine.sensitivity.assessment",
    "Severity": "findings",
    "Weights": "engine.weighing",
    "briefing": "report.briefing",
    "check": "analysis.checks",
    "load": "records.loader",
    "rank": "analysis.ranked",
    "robustness": "analysis.robustness_figures",
    "sensitivity": "analysis.sensitivity_figures",
    "weights": "engine.weighing",
}


def __getattr__(name: str) -> object:
    # Imported when first used: the command line starts without numpy and pydantic where it can.
    if name not in _HOMES:
        raise AttributeError(f"module 'policyopts' has no attribute '{name}'")
    from importlib import import_module  # noqa: PLC0415 - as above

    return getattr(import_module(f"policyopts.{_HOMES[name]}"), name)
