"""The commands, one module each: ``add(commands)`` declares the arguments and sets ``run``."""

from lawqa.commands import ask, audit, config, corpus, index, search, serve, show, token

ALL = (ask, search, show, index, corpus, serve, token, audit, config)
