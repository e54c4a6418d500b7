"""The report: one HTML page on what was kept of pages and why, which loads nothing and works without script."""
