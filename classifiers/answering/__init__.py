"""Finds the passage that answers a general question, or stays silent."""

from classifiers.answering.answering import AnsweringClassifier, answering

__all__ = ["AnsweringClassifier", "answering"]
