"""`python -m siaga` is `siaga`."""

from siaga.serve.cli import main

main()
