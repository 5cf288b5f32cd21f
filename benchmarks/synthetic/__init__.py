"""Synthetic reports with their truth: made from the form alone, so that no reader can lend a hand."""
