"""Blocks → labelled blocks: `signals` measures blocks, `model` scores them, `roles` turns scores into roles."""
