"""Two instruments article by article: what was kept, renumbered, changed, merged, split, moved, dropped, added."""
