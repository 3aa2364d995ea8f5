"""Let a failing check of the stage show both sides, as those in test files do."""

import pytest

pytest.register_assert_rewrite(
    "tests.dialogues.play", "tests.dialogues.manners", "tests.dialogues.post"
)
