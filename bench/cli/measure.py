"""Runs a command without a terminal, and prints what it took as JSON.

measure.py FOLDER command argument...
"""

import json
import os
import sys
import time

os.chdir(sys.argv[1])
command = sys.argv[2:]
start = time.perf_counter()
pid = os.fork()
if pid == 0:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.execvp(command[0], command)
_, status, usage = os.wait4(pid, 0)
took = time.perf_counter() - start
# In kilobytes on Linux, in bytes on macOS.
unit = 1024 if sys.platform == "darwin" else 1
memory = usage.ru_maxrss / unit / 1024
print(json.dumps({"status": status, "ms": 1000 * took, "mb": memory}))
