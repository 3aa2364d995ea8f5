"""What mailbot is told: one TOML file, secrets by the environment, every mistake by its key."""

from mailbot.settings.loading import ENVIRONMENT_NAME, default_path, from_text, load
from mailbot.settings.secrets import Secret
from mailbot.settings.values import (
    AlarmSettings,
    DatabaseSettings,
    KeySettings,
    MailboxSettings,
    RobotSettings,
    Security,
    Settings,
    SmtpSettings,
    WebSettings,
)

__all__ = [
    "ENVIRONMENT_NAME",
    "AlarmSettings",
    "DatabaseSettings",
    "KeySettings",
    "MailboxSettings",
    "RobotSettings",
    "Secret",
    "Security",
    "Settings",
    "SmtpSettings",
    "WebSettings",
    "default_path",
    "from_text",
    "load",
]
