"""`python -m fishplate` is the command `fishplate`."""

from fishplate.cli.app import main

main()
