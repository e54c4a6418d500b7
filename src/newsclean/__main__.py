"""`python -m newsclean`: the command line where its script is not on the path."""

from newsclean.cli import main

if __name__ == "__main__":  # workers that are started anew import this module, too
    main(prog_name="newsclean")
