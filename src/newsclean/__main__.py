"""`python -m newsclean`: the command line where its script is not on the path."""

from newsclean.cli import main

main(prog_name="newsclean")
