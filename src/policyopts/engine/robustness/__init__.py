"""Robustness: how the ranking fares when weights and performances are drawn again and again.

The question is that of stochastic multicriteria acceptability analysis (SMAA): not which option is first, but with
which chance each option takes each rank, what weights would put it first, and how sure its place is.

A run is made of blocks of samples. Each block draws from a stream of its own, given by the seed and the block's number,
and comes back as whole numbers: how often each option took each rank, and who beat whom. Whole numbers add up alike in
any order, so threads, processes and machines that share the blocks among them come to the same bytes.

References
----------
Lahdelma, Hokkanen & Salminen (1998), SMAA - Stochastic multiobjective acceptability analysis, European Journal of
Operational Research 106(1):137-143. Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3):444-454.
Tervonen & Lahdelma (2007), Implementing stochastic multicriteria acceptability analysis, European Journal of
Operational Research 178(2):500-513.
"""
