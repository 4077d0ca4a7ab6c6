"""Markdown for people, within the sizes GitHub takes."""
