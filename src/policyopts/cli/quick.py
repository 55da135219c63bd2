"""Commands that start faster: a parameter's value is only converted where there is something to convert.

Typer builds a converter for each parameter of the command that runs, given or not, and imports pydantic for it. A
default is of the right kind as it is, and a shell that asks for words needs texts only.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

Context = Any  # its class, and a parameter's, are inside Typer's own copy of Click
Parameter = Any


class QuickCommand(TyperCommand):
    """A command that converts no defaults."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Give the parameters, the one for help included."""
        return [_quick(parameter) for parameter in super().get_params(ctx)]


class QuickGroup(TyperGroup):
    """A group of commands that converts no defaults."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Give the parameters, the one for help included."""
        return [_quick(parameter) for parameter in super().get_params(ctx)]


def _quick(parameter: Parameter) -> Parameter:
    if "process_value" in vars(parameter):
        return parameter
    convert = parameter.process_value

    def process_value(ctx: Context, value: object) -> object:
        if ctx.resilient_parsing:
            return value
        # A word that is written out equals the choice that is the default, and is none yet.
        if type(value) is not type(parameter.default) or value != parameter.default or parameter.required:
            return convert(ctx, value)
        return value if parameter.callback is None else parameter.callback(ctx, parameter, value)

    parameter.process_value = process_value
    return parameter
