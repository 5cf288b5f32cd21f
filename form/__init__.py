"""The official form as data: keys, labels, editions, layouts, rules, and the Report read from it."""
