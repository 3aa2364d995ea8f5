"""Every table of the house; whoever needs them all imports this."""

# Each module adds its tables to the one metadata; a new schema module is named here and nowhere else.
from mailbot.adapters import (  # noqa: F401
    schema_door,
    schema_drafts,
    schema_feed,
    schema_handling,
    schema_history,
    schema_keys,
    schema_looks,
    schema_merging,
    schema_models,
    schema_passages,
    schema_proof,
    schema_queue,
    schema_register,
    schema_retention,
)
from mailbot.adapters.schema import metadata

__all__ = ["metadata"]
