"""Answers to questions that set two texts or two things side by side."""
