"""Files that others wrote, as lines of text: .txt, .md, .html, .docx and .pdf, within limits; one reader a format."""
