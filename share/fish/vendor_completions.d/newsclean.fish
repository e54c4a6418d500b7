# Completion of newsclean for fish, made by the program itself, so that it always knows its own options.
newsclean --completion fish | source
