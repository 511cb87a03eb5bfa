"""Placeholder until the commands of this floor exist; its owner overwrites this file."""

COMMANDS: list[object] = []
