"""Evaluation: question sets, runs, measures, statistics, reports."""
