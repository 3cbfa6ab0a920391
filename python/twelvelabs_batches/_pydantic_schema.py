"""JSON schemas as pydantic writes them, for answers: only pydantic's users import this."""

from __future__ import annotations

import typing

from pydantic.json_schema import GenerateJsonSchema

if typing.TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema as cs

__all__ = ["AnswerSchema"]


class AnswerSchema(GenerateJsonSchema):
    """Asks for what is read back without doubt."""

    def decimal_schema(self, schema: cs.DecimalSchema) -> JsonSchemaValue:
        """A number. Its text would be read too, and not every text is one."""
        described = super().decimal_schema(schema)
        choices: typing.List[typing.Any] = described.get("anyOf", [described])
        number: JsonSchemaValue = choices[0]
        return number
