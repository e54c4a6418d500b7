"""Page → blocks: `html` walks the parsed tree once, `text` reads the lines of a dump."""
