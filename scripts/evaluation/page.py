# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""Pages of docs/ whose tables are made by scripts."""


def renew_block(page, name, text):
    """Puts text between the lines <!-- NAME --> and <!-- end of NAME --> of a page."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    head, rest = page.read_text().split(begin)
    page.write_text(head + begin + text + end + rest.split(end)[1])
