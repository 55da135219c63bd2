"""scikit-criteria: pipelines that scale, turn costs into benefits and aggregate."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import skcriteria
from skcriteria.agg import (
    RankResult,
    aras,
    cocoso,
    codas,
    copras,
    edas,
    electre,
    mabac,
    marcos,
    moora,
    simple,
    spotis,
    topsis,
    vikor,
    waspas,
)
from skcriteria.pipeline import mkpipe
from skcriteria.preprocessing import weighters
from skcriteria.preprocessing.invert_objectives import (
    BenefitCostInverter,
    InvertMinimize,
    MinMaxInverter,
    NegateMinimize,
)
from skcriteria.preprocessing.scalers import MinMaxScaler, SumScaler, VectorScaler
from skcriteria.utils.rank import rank_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.problems import Array, Problem

warnings.filterwarnings("ignore")  # of what it would rather be given


def _decision(problem: Problem) -> Any:
    return skcriteria.mkdm(problem.values, problem.directions.astype(int), weights=problem.weights)


def _extra(name: str, *steps: Any) -> Callable[[Problem], Array]:
    method = mkpipe(*steps) if len(steps) > 1 else steps[0]
    return lambda problem: np.asarray(method.evaluate(_decision(problem)).e_[name])


def _ranks(method: Any) -> Callable[[Problem], Array]:
    return lambda problem: method.evaluate(_decision(problem)).values


def _weights(weighter: Any) -> Callable[[Problem], Array]:
    return lambda problem: weighter.transform(_decision(problem)).weights.to_numpy()


def _outranks(problem: Problem) -> Array:
    return electre.ELECTRE1(p=0.65, q=0.35).evaluate(_decision(problem)).e_.outrank


def _spotis(problem: Problem) -> Array:
    bounds = np.column_stack([problem.lower, problem.upper])
    return spotis.SPOTIS().evaluate(_decision(problem), bounds=bounds).e_.score


def _copras(problem: Problem) -> Array:
    method = mkpipe(SumScaler("matrix"), copras.COPRAS())
    return method.evaluate(_decision(problem)).e_.score / 100  # in per cent


def _places(problem: Problem) -> Array:
    names = [f"a{number}" for number, _ in enumerate(problem.tied)]
    return RankResult("tied", names, rank_values(problem.tied, reverse=True), {}).untied_rank_


def _weighted_product(problem: Problem) -> Array:
    method = mkpipe(InvertMinimize(), simple.WeightedProductModel())
    return 10.0 ** method.evaluate(_decision(problem)).e_.score


ANSWERS: dict[str, Callable[[Problem], Array]] = {
    "weighted-sum max": _extra("score", BenefitCostInverter(), simple.WeightedSumModel()),
    "weighted-sum sum": _extra("score", InvertMinimize(), SumScaler("matrix"), simple.WeightedSumModel()),
    "weighted-sum min-max": _extra("score", NegateMinimize(), MinMaxScaler("matrix"), simple.WeightedSumModel()),
    "weighted-product none": _weighted_product,
    "waspas": _extra("score", BenefitCostInverter(), waspas.WASPAS()),
    "topsis vector": _extra("similarity", VectorScaler("matrix"), topsis.TOPSIS()),
    "topsis min-max": _extra("similarity", NegateMinimize(), MinMaxScaler("matrix"), topsis.TOPSIS()),
    "topsis max": _extra("similarity", BenefitCostInverter(), topsis.TOPSIS()),
    "topsis sum": _extra("similarity", InvertMinimize(), SumScaler("matrix"), topsis.TOPSIS()),
    "vikor S": _extra("s_k", vikor.VIKOR()),
    "vikor R": _extra("r_k", vikor.VIKOR()),
    "vikor Q": _extra("q_k", vikor.VIKOR()),
    "vikor ranks": _ranks(vikor.VIKOR()),
    "electre-1 outranks": _outranks,
    "electre-1 kernel": _ranks(electre.ELECTRE1(p=0.65, q=0.35)),
    "moora": _extra("score", VectorScaler("matrix"), moora.RatioMOORA()),
    "multimoora reference point": _extra("score", VectorScaler("matrix"), moora.ReferencePointMOORA()),
    "multimoora multiplicative form": _extra("score", VectorScaler("matrix"), moora.FullMultiplicativeForm()),
    "multimoora ranks": _ranks(mkpipe(VectorScaler("matrix"), moora.MultiMOORA())),
    "copras": _copras,
    "aras": _extra("utility", InvertMinimize(), SumScaler("matrix"), aras.ARAS()),
    "edas": _extra("score", edas.EDAS()),
    "mabac": _extra("score", MinMaxInverter(), mabac.MABAC()),
    "codas": _extra("score", BenefitCostInverter(), codas.CODAS()),
    "marcos": _extra("utility_scores", marcos.MARCOS()),
    "spotis": _spotis,
    "cocoso": _extra("score", MinMaxInverter(), cocoso.CoCoSo()),
    "ranks of tied scores": lambda problem: rank_values(problem.tied, reverse=True),
    "ranks of scores that tie but for rounding": lambda problem: rank_values(problem.nearly_tied, reverse=True),
    "places without ties": _places,
    "weights equal": _weights(weighters.EqualWeighter()),
    "weights entropy": _weights(weighters.EntropyWeighter()),
    "weights critic": _weights(weighters.CRITIC()),
    "weights merec": _weights(weighters.MEREC()),
    "weights standard-deviation": _weights(weighters.StdWeighter()),
    "weights gini": _weights(weighters.GiniWeighter()),
}
