import inspect
import pkgutil
import subprocess
import sys

import pytest

from policyopts.engine import methods
from policyopts.engine.methods import METHODS, Method, MethodResult, Parameter
from policyopts.engine.normalisation import NORMALISATIONS

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
def test_every_default_is_one_of_the_choices(method: Method) -> None:
    """A parameter's default is one of its choices, and so is every choice that is said to break an axiom."""
    for parameter in method.parameters:
        assert {parameter.default, *parameter.breaks} <= set(parameter.choices)


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


def test_a_result_without_more_to_say_is_empty() -> None:
    """A method that says nothing beyond its scores leaves no details and no contributions, and has the unit 1."""
    import numpy as np

    result = MethodResult(np.array([1.0]))
    assert (result.unit, dict(result.details), dict(result.document), result.contributions) == (1.0, {}, {}, None)


def test_reading_the_table_costs_no_numpy() -> None:
    """The names and parameters of all methods are there without importing numpy or any method."""
    program = "import sys, policyopts.engine.methods as m; print(len(m.METHODS), 'numpy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.split() == [str(len(METHODS)), "False"]
