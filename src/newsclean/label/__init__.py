"""Blocks → labelled blocks: `signals` (numbers about blocks), `model` (scores from them), `roles` (roles from scores)."""
