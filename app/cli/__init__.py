"""The command line: one module for each command, one for each output format.

`commands` lists the commands and imports a command's module when it is called, so modules here import what they
need at the top. Formats are pure functions from reports to text; reading files and writing to the terminal stays in
the commands, `documents`, `policies` and `terminal`.
"""
