"""Runs the AWS CLI for many calls in one process, because loading it takes most of a call's time.

Usage: commandLine.py DIRECTORY. Once it is ready, it writes DIRECTORY/aws, which PATH finds instead of
the CLI. Each call is a fork of this process with the arguments, environment, working directory and standard
streams of the caller.
"""

import json
import os
import signal
import socket
import sys
import traceback

import awscli.clidriver

SHIM = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    call = json.dumps({{"args": sys.argv[1:], "env": dict(os.environ), "cwd": os.getcwd()}}).encode()
    socket.send_fds(server, [b"%020d" % len(call)], [0, 1, 2])
    server.sendall(call)
    sys.exit(int(server.recv(10) or b"255"))
"""


def read(caller, size):
    parts = []
    while size > 0:
        part = caller.recv(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def answer(caller):
    size, streams, _, _ = socket.recv_fds(caller, 20, 3)
    call = json.loads(read(caller, int(size)))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    # On import awscli sets this variable to the folder of its models.
    models = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update({**call["env"], "AWS_DATA_PATH": models})
    os.chdir(call["cwd"])
    sys.argv[1:] = call["args"]
    try:
        code = awscli.clidriver.main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    caller.sendall(b"%d" % (code or 0))


def main(directory):
    path = os.path.join(directory, "aws.sock")
    shim = os.path.join(directory, "aws")
    # Loads the plugins, which import most of the CLI.
    awscli.clidriver.create_clidriver()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        with open(shim + ".new", "w") as file:
            file.write(SHIM.format(python=sys.executable, path=path))
        os.chmod(shim + ".new", 0o755)
        os.rename(shim + ".new", shim)
        while True:
            caller, _ = server.accept()
            if os.fork() == 0:
                # The CLI waits for its own child processes.
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                server.close()
                try:
                    answer(caller)
                except Exception:
                    traceback.print_exc()
                finally:
                    os._exit(0)
            caller.close()


main(sys.argv[1])
