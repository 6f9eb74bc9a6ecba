"""Answers as a reader wants to paste or file them: plain text, Markdown, legal citations, a Word memo."""
