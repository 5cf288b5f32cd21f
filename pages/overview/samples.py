"""The sample reports that come with the app: one click brings them in."""

from __future__ import annotations

import streamlit as st

from form.language import _
from pages.parts.registry import entry
from pages.upload.import_progress import JOB, start_import
from sample_reports import sample_files


def offer_samples() -> None:
    """Show the button that imports the samples and goes where their progress is shown."""
    if st.button(_("导入样例"), type="primary", key="samples"):
        job_id = start_import([(path.name, path.read_bytes()) for path in sample_files()])
        st.switch_page(entry("upload").path, query_params={JOB: str(job_id)})
