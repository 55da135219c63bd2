import inspect
import math
import pkgutil
import subprocess
import sys

import numpy as np
import pytest

from policyopts.engine import methods
from policyopts.engine.errors import EngineError
from policyopts.engine.matrix import DecisionMatrix
from policyopts.engine.method import ROW, Method, MethodResult, Parameter
from policyopts.engine.methods import METHODS
from policyopts.engine.normalisation import NORMALISATIONS
from policyopts.engine.ranking import rank

BY_NAME = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def test_every_method_file_is_in_the_table() -> None:
    """Each file of the methods' folder gives at least one line of the table, and the table names no other file."""
    files = {found.name for found in pkgutil.iter_modules(methods.__path__)}
    assert files
    assert files == {method.location.split(":")[0] for method in METHODS.values()}


@BY_NAME
def test_a_table_line_agrees_with_its_function(method: Method) -> None:
    """A method's function is there, documented and cited, and takes the parameters of the table with their defaults."""
    signature = inspect.signature(method.function)
    taken = {word: parameter.default for word, parameter in signature.parameters.items() if word != "matrix"}
    assert taken == {parameter.keyword: parameter.default for parameter in method.parameters} | {"steps": None}
    assert "References\n" in (method.function.__doc__ or "")
    assert method.reference
    assert method.title


@BY_NAME
def test_every_default_is_one_that_the_parameter_takes(method: Method) -> None:
    """A parameter's default is a setting of it, and what is said to break an axiom is one of its choices or a row."""
    for parameter in method.parameters:
        assert parameter.setting(parameter.default) == parameter.default
        assert set(parameter.breaks) <= {*parameter.choices, ROW}


def test_the_weighted_sum_offers_every_normalisation() -> None:
    """The weighted sum's choices are the table of normalisations, in its order."""
    assert METHODS["weighted-sum"].parameters[0].choices == tuple(NORMALISATIONS)


def test_a_parameter_named_like_a_python_keyword_takes_an_underscore() -> None:
    """A parameter is a Python argument with underscores for hyphens, and one more after a keyword."""
    assert Parameter("lambda", "", "a", ("a",)).keyword == "lambda_"
    assert Parameter("discordance-scale", "", "own", ("own",)).keyword == "discordance_scale"


def test_both_spellings_of_a_parameter_are_taken() -> None:
    """A parameter is known by its own name and by its Python argument, and kept under its own name."""
    method = Method("m", "M", "m:m", "", (Parameter("lambda", "", "a", ("a", "b")),))
    assert method.settings({"lambda": "b"}) == method.settings({"lambda_": "b"}) == {"lambda": "b"}


def test_a_choice_can_break_more_axioms_than_its_method() -> None:
    """What is broken under some settings is what the method breaks and what each choice breaks."""
    parameter = Parameter("p", "", "a", ("a", "b"), breaks={"b": frozenset({"units"})})
    method = Method("m", "M", "m:m", "", (parameter,), breaks=frozenset({"dominance"}))
    assert method.broken({"p": "a"}) == {"dominance"}
    assert method.broken({"p": "b"}) == {"dominance", "units"}


def test_a_row_can_break_more_axioms_than_its_method() -> None:
    """What a given row of numbers breaks is told from what the parameter's words break."""
    method = Method(
        "m", "M", "m:m", "", (Parameter("p", "", "a", ("a",), row=True, breaks={ROW: frozenset({"units"})}),)
    )
    assert method.broken(method.settings({"p": "a"})) == set()
    assert method.broken(method.settings({"p": [1, 2]})) == {"units"}


@pytest.mark.parametrize("given", [0.0, 1, 0.25, np.float64(0.5), np.float32(0.5), np.int64(1)])
def test_a_number_within_its_bounds_is_taken(given: float) -> None:
    """A number of any kind is taken as a plain float, the ends of its bounds included."""
    taken = Parameter("v", "", 0.5, bounds=(0.0, 1.0)).setting(given)
    assert (type(taken), taken) == (float, float(given))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (1.5, "1.5"),
        (-1, "-1"),
        (math.nan, "nan"),
        ("half", "'half'"),
        (True, "True"),
        (None, "None"),
        ([0.5], r"\[0.5\]"),
    ],
)
def test_what_is_no_number_within_its_bounds_is_refused(given: object, shown: str) -> None:
    """A number beyond its bounds, and anything that is no number, is refused with the bounds."""
    with pytest.raises(EngineError, match=f"^v is a number from 0 to 1; not {shown}$"):
        Parameter("v", "", 0.5, bounds=(0.0, 1.0)).setting(given)


def test_a_number_without_an_upper_bound_may_be_any_size() -> None:
    """A number that is bound from below alone is taken however large it is, but not infinite or too low."""
    tau = Parameter("tau", "", 0.02, bounds=(0.0, math.inf))
    assert tau.setting(1e9) == 1e9
    with pytest.raises(EngineError, match=r"^tau is a number from 0 up; not -0\.1$"):
        tau.setting(-0.1)


@pytest.mark.parametrize("given", [[1, 2.5], (1, 2.5), np.array([1, 2.5])])
def test_a_row_of_numbers_is_taken(given: object) -> None:
    """A row may come as a list, a tuple or an array, and is kept as a tuple of floats."""
    assert Parameter("optimal", "", "column-best", ("column-best",), row=True).setting(given) == (1.0, 2.5)


@pytest.mark.parametrize("given", [[], [1, "x"], [1, math.nan], [[1, 2]], np.zeros((2, 2)), np.array(1.0), 3.0, "best"])
def test_what_is_no_row_of_numbers_is_refused(given: object) -> None:
    """What is neither one of the words nor a row of finite numbers is refused."""
    with pytest.raises(EngineError, match=r"^optimal is column-best or a row of numbers, one for each criterion; not"):
        Parameter("optimal", "", "column-best", ("column-best",), row=True).setting(given)


def test_a_refused_setting_names_its_method() -> None:
    """What a parameter cannot take is told with the method's name in front."""
    method = Method("m", "M", "m:m", "", (Parameter("v", "", 0.5, bounds=(0.0, 1.0)),))
    with pytest.raises(EngineError, match=r"^m: v is a number from 0 to 1; not 2$"):
        method.settings({"v": 2.0})


def test_a_result_without_more_to_say_is_empty() -> None:
    """A method that says nothing beyond its scores leaves no details and no contributions, and has the unit 1."""
    result = MethodResult(np.array([1.0]))
    assert (result.unit, dict(result.details), dict(result.document), result.contributions) == (1.0, {}, {}, None)


def test_reading_the_table_costs_no_numpy() -> None:
    """The names and parameters of all methods are there without importing numpy or any method."""
    program = "import sys, policyopts.engine.methods as m; print(len(m.METHODS), 'numpy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.split() == [str(len(METHODS)), "False"]


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("codas", {"tau": math.inf}),
        ("aras", {"optimal": [1e-320, 1.0]}),
        ("aras", {"optimal": [1e200, 1.0]}),
        ("spotis", {"expected_solution": [math.nan, 1.0]}),
    ],
)
def test_numbers_that_nothing_can_be_reckoned_with_are_refused(method: str, settings: dict[str, object]) -> None:
    """Infinity is no number, and a row's numbers neither vanish nor overflow when they are divided by."""
    with pytest.raises(EngineError, match="; not "):
        METHODS[method].settings(settings)


def test_duels_of_very_many_options_are_refused() -> None:
    """Copeland's rule says how many duels there would be, and what ranks so many options."""
    many = DecisionMatrix(np.zeros((20_001, 1)), [1], ["max"])
    with pytest.raises(EngineError, match="20,001 options meet in 200,010,000 duels") as caught:
        rank(many, "copeland")
    assert caught.value.hint == "rank fewer options, or rank them by 'borda'"
