"""The commands, one module each: ``add(commands)`` declares the arguments and sets ``run``."""

from lawqa.commands import ask, config, corpus, explain, index, search, serve, show

ALL = (ask, explain, search, show, index, corpus, serve, config)
