"""Chinese text: normalisation, words, sentences."""
