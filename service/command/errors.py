"""What a command says when it cannot go on."""


class CommandError(Exception):
    """A command cannot go on; the message is for whoever typed it, and says what to do."""
