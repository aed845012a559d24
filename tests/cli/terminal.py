"""Runs a command in a terminal of its own and types for it.

terminal.py COLUMNS '[["text to wait for", "keys to type"], ...]' command argument...

Where the keys are null, it waits until nothing more comes, and ends the command there.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios

columns = int(sys.argv[1])
steps = json.loads(sys.argv[2])
pid, terminal = pty.fork()
if pid == 0:
    # The size is there before the command looks at it.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execvp(sys.argv[3], sys.argv[3:])

screen = b""
is_last = False
while not is_last or select.select([terminal], [], [], 0.5)[0]:
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
        keys = steps.pop(0)[1]
        is_last = keys is None
        if keys is not None:
            os.write(terminal, keys.encode())

if is_last:
    os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
sys.exit(0 if is_last else os.waitstatus_to_exitcode(status))
