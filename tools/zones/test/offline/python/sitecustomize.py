"""Loaded by every Python before everything else: writes down who wants to connect where, and lets nobody."""

import os
import socket


def note(what):
    with open(os.environ["NOTED_CONNECTIONS"], "a", encoding="utf-8") as file:
        file.write(f"python: {what}\n")
    raise OSError(f"no connections here: {what}")


def connect(self, address):
    # Sockets between processes of one machine have a path, which is a text.
    return note(f"connect {address}") if isinstance(address, tuple) else original(self, address)


original = socket.socket.connect
socket.socket.connect = connect
socket.getaddrinfo = lambda host, *_args, **_kwargs: note(f"lookup {host}")
