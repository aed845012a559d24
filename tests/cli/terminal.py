"""Runs a command in a terminal of its own and types for it.

terminal.py '[["text to wait for", "keys to type"], ...]' command argument...
"""

import json
import os
import pty
import sys

steps = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

screen = b""
while True:
    try:
        output = os.read(terminal, 4096)
    except OSError:  # Linux says so when the command has ended.
        break
    if not output:
        break
    sys.stdout.buffer.write(output)
    screen += output
    if steps and steps[0][0].encode() in screen:
        screen = b""
        os.write(terminal, steps.pop(0)[1].encode())

_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
