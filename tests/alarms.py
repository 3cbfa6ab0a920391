"""What the handler of alarms raises; the fixture `alarm` sets it."""


class Alarm(Exception):
    """An alarm went off."""
