"""The judged library: what is kept, with all that is said about it.

The one place that puts findings, neighbouring years, prose and decisions together; pages, command
line, workbook and conformance take it from here.

    judging  says everything about an agency's reports
    kept     keeps what was said in the library, for as long as it holds
    worker   judges in a process of its own, so that nobody waits for another's report
    desk     the state that pages and commands see: what is listed, what is said, what is to come
    figures  what measures say, from the cells that they need
    files    what is in a file that nobody keeps
"""
