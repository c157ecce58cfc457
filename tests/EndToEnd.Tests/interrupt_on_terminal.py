#!/usr/bin/env python3
"""Runs a program on a terminal of its own, types Ctrl-C when a text has appeared, and tells how the terminal was left.

Usage: interrupt_on_terminal.py TEXT PROGRAM ARGUMENT...

Prints one JSON object: exit_code, seen (the text appeared), cursor (the last word on it: shown, hidden, or untouched), same_settings
(of the terminal, as before), output_tail. Standard library only.
"""
import json
import os
import pty
import re
import select
import sys
import termios
import time

LIMIT_S = 100


def main(text, *command):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="160", LINES="40")
        os.execvp(command[0], command)
    before = termios.tcgetattr(terminal)
    after, output, seen = before, b"", False
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            read = os.read(terminal, 65_536)
        except OSError:  # its other end is closed
            break
        if not read:
            break
        output += read
        if not seen and text.encode() in output:
            seen = True
            os.write(terminal, b"\x03")
        try:
            after = termios.tcgetattr(terminal)
        except termios.error:
            pass
    else:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    cursor = re.findall(rb"\x1b\[\?25([hl])", output)
    print(json.dumps({
        "exit_code": os.waitstatus_to_exitcode(status),
        "seen": seen,
        "cursor": {b"h": "shown", b"l": "hidden"}[cursor[-1]] if cursor else "untouched",
        "same_settings": before == after,
        "output_tail": output[-400:].decode("utf-8", "replace"),
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
