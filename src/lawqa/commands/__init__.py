"""The commands, one module each: ``add(commands)`` declares the arguments and sets ``run``."""

from lawqa.commands import ask, config, corpus, feedback, index, search, serve, show

ALL = (ask, search, show, index, corpus, serve, feedback, config)
