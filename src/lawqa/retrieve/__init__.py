"""From a question to ranked provisions: understanding, signals, fusion, evidence."""
