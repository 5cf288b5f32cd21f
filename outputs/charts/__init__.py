"""Charts: plotly figures from plain frames. Show them with `theme=None` and `frame.config()`.

Doubt is drawn: values under an open finding are hollow, years without a report are gaps with a
word, and what cannot be shown as a number is said in words, never drawn as zero.
"""
