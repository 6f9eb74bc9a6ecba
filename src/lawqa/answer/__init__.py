"""From ranked provisions to a verified answer: select, compose, verify."""
