"""Sensitivity: how far the weights and performances must move before another option is first.

Answers are exact where scores are linear in the weights, or sums of values: nothing is sampled, and every end of an
interval is where the ranking changes. Other methods are searched.
"""
