"""A classifier that learned from texts: letters, word tables and two sentence encoders."""

from classifiers.learned.classifier import LearnedClassifier

__all__ = ["LearnedClassifier"]
