"""The ranking methods, one line each: what a method is called, takes and promises.

Reading the table costs no numpy; a method's own file is imported when the method is first used.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policyopts.engine.errors import EngineError
from policyopts.engine.method import ROW, Method, Parameter
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method(
            name="weighted-sum",
            title="Weighted sum",
            location="weighted_sum:weighted_sum",
            reference="Fishburn (1967); MacCrimmon (1968); Keeney & Raiffa (1976)",
            additive=True,
            linear=True,
            parameters=(
                Parameter(
                    name="normalisation",
                    description="how performances are brought onto one footing",
                    default="value",
                    choices=("value", "max", "sum", "min-max", "vector", "none"),
                    breaks={
                        "max": frozenset({"independence"}),
                        "sum": frozenset({"independence"}),
                        "min-max": frozenset({"independence"}),
                        "vector": frozenset({"independence", "monotonicity"}),
                        "none": frozenset({"units"}),
                    },
                ),
            ),
        ),
        Method(
            name="weighted-product",
            title="Weighted product",
            location="weighted_product:weighted_product",
            reference="Bridgman (1922); Miller & Starr (1969)",
            parameters=(
                Parameter(
                    name="normalisation",
                    description="what ratios are to; it changes scores, not ranks",
                    default="max",
                    choices=("max", "sum", "none"),
                ),
            ),
        ),
        Method(
            name="waspas",
            title="WASPAS",
            location="waspas:waspas",
            reference="Zavadskas, Turskis, Antucheviciene & Zakarevicius (2012)",
            breaks=frozenset({"inertness", "independence"}),
            parameters=(
                Parameter(
                    name="lambda",
                    description="the share of the weighted sum; the rest is the weighted product's",
                    default=0.5,
                    bounds=(0.0, 1.0),
                ),
            ),
        ),
        Method(
            name="topsis",
            title="TOPSIS",
            location="topsis:topsis",
            under_weights="topsis:topsis_under_weights",
            reference="Hwang & Yoon (1981)",
            breaks=frozenset({"independence"}),
            parameters=(
                Parameter(
                    name="normalisation",
                    description="how performances are brought onto one footing",
                    default="vector",
                    choices=("vector", "min-max", "max", "sum"),
                    breaks={"vector": frozenset({"monotonicity"}), "sum": frozenset({"monotonicity"})},
                ),
            ),
        ),
        Method(
            name="vikor",
            title="VIKOR",
            location="vikor:vikor",
            under_weights="vikor:vikor_under_weights",
            reference="Opricovic (1998); Opricovic & Tzeng (2004)",
            breaks=frozenset({"monotonicity", "independence"}),
            parameters=(
                Parameter(
                    name="v",
                    description="the weight of the sum of regrets; the rest is that of the largest one",
                    default=0.5,
                    bounds=(0.0, 1.0),
                ),
            ),
        ),
        Method(
            name="promethee",
            title="PROMETHEE",
            location="promethee:promethee",
            pairs=True,
            thresholds=True,
            reference="Brans, Vincke & Mareschal (1986); Brans & Mareschal (2005)",
            additive=True,
            linear=True,
            breaks=frozenset({"independence"}),
        ),
        Method(
            name="electre-1",
            title="ELECTRE I",
            location="electre_1:electre_1",
            pairs=True,
            reference="Roy (1968); Figueira, Mousseau & Roy (2005)",
            breaks=frozenset({"monotonicity", "dominance", "inertness", "independence"}),
            parameters=(
                Parameter(
                    name="normalisation",
                    description="how performances are brought onto one footing before leads are compared",
                    default="none",
                    choices=("none", "sum", "vector", "min-max"),
                    breaks={"none": frozenset({"units"})},
                ),
                Parameter("concordance", "the weight that must speak for outranking", 0.7, bounds=(0.0, 1.0)),
                Parameter("discordance", "the largest lead that may speak against it", 0.3, bounds=(0.0, 1.0)),
                Parameter(
                    name="discordance-scale",
                    description="what leads are a part of: the widest range of all criteria, or the criterion's own",
                    default="widest",
                    choices=("widest", "own"),
                ),
            ),
        ),
        Method(
            name="electre-3",
            title="ELECTRE III",
            location="electre_3:electre_3",
            pairs=True,
            thresholds=True,
            reference="Roy (1978); Figueira, Mousseau & Roy (2005)",
            breaks=frozenset({"monotonicity", "inertness", "independence"}),
            parameters=(
                Parameter("alpha", "alpha in s(λ) = alpha + beta·λ", 0.3, bounds=(0.0, 1.0)),
                Parameter("beta", "beta in s(λ) = alpha + beta·λ", -0.15, bounds=(-1.0, 0.0)),
                Parameter(
                    name="thresholds",
                    description="at whose performance relative thresholds hold: the outranking option's or the other's",
                    default="direct",
                    choices=("direct", "inverse"),
                ),
            ),
        ),
        Method(
            name="moora",
            title="MOORA",
            location="moora:moora",
            reference="Brauers & Zavadskas (2006)",
            additive=True,
            linear=True,
            breaks=frozenset({"monotonicity", "independence"}),
        ),
        Method(
            name="multimoora",
            title="MULTIMOORA",
            location="moora:multimoora",
            reference="Brauers & Zavadskas (2010)",
            breaks=frozenset({"monotonicity", "independence"}),
        ),
        Method(
            name="copras",
            title="COPRAS",
            location="copras:copras",
            reference="Zavadskas, Kaklauskas & Sarka (1994)",
            breaks=frozenset({"monotonicity", "inertness", "independence"}),
        ),
        Method(
            name="aras",
            title="ARAS",
            location="aras:aras",
            reference="Zavadskas & Turskis (2010)",
            additive=True,
            breaks=frozenset({"independence"}),
            parameters=(
                Parameter(
                    name="optimal",
                    description="the optimal option",
                    default="column-best",
                    choices=("column-best",),
                    row=True,
                ),
            ),
        ),
        Method(
            name="edas",
            title="EDAS",
            location="edas:edas",
            reference="Keshavarz Ghorabaee, Zavadskas, Olfat & Turskis (2015)",
            breaks=frozenset({"monotonicity", "independence"}),
        ),
        Method(
            name="mabac",
            title="MABAC",
            location="mabac:mabac",
            reference="Pamučar & Ćirović (2015)",
            additive=True,
            linear=True,
            breaks=frozenset({"independence"}),
        ),
        Method(
            name="codas",
            title="CODAS",
            location="codas:codas",
            reference="Keshavarz Ghorabaee, Zavadskas, Turskis & Antucheviciene (2016)",
            breaks=frozenset({"monotonicity", "dominance", "inertness", "independence"}),
            parameters=(
                Parameter(
                    name="tau",
                    description="the difference in Euclidean distance from which on taxicab distances count too",
                    default=0.02,
                    bounds=(0.0, inf),
                ),
            ),
        ),
        Method(
            name="marcos",
            title="MARCOS",
            location="marcos:marcos",
            reference="Stević, Pamučar, Puška & Chatterjee (2020)",
            additive=True,
            breaks=frozenset({"independence"}),
        ),
        Method(
            name="spotis",
            title="SPOTIS",
            location="spotis:spotis",
            reference="Dezert, Tchamova, Han & Tacnet (2020)",
            additive=True,
            linear=True,
            parameters=(
                Parameter(
                    name="expected_solution",
                    description="the performances to come close to; none for the best ends of the scales",
                    default="none",
                    choices=("none",),
                    row=True,
                    breaks={ROW: frozenset({"monotonicity", "dominance"})},
                ),
            ),
        ),
        Method(
            name="cocoso",
            title="CoCoSo",
            location="cocoso:cocoso",
            reference="Yazdani, Zarate, Zavadskas & Turskis (2019)",
            breaks=frozenset({"monotonicity", "inertness", "independence"}),
            parameters=(
                Parameter(
                    name="lambda",
                    description="the weight of the weighted sum in the third appraisal; the rest is the sum of powers'",
                    default=0.5,
                    bounds=(0.0, 1.0),
                ),
            ),
        ),
        Method(
            name="borda",
            title="Borda count over criteria",
            location="voting:borda",
            reference="Borda (1781)",
            additive=True,
            linear=True,
            breaks=frozenset({"independence"}),
        ),
        Method(
            name="copeland",
            title="Copeland's rule over criteria",
            location="voting:copeland",
            pairs=True,
            reference="Copeland (1951)",
            breaks=frozenset({"independence"}),
        ),
    )
}


def method_called(name: str) -> Method:
    """Find a method of the table by its name."""
    if name not in METHODS:
        raise EngineError(f"there is no method '{name}'", did_you_mean(name, METHODS))
    return METHODS[name]
