"""Opens the socket on which the desk answers."""

import socket

BACKLOG = 512


def listen(address: str, port: int) -> socket.socket:
    """
    Listen for browsers.

    Args:
        address: of this machine, with dots or colons.
        port: 0 for any that is free.

    Returns:
        The socket, ready for a server.

    Raises:
        OSError: the port is taken, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.create_server((address, port), family=family, backlog=BACKLOG)
    # asyncio does this only for sockets it made itself. Without it the end of every answer waits
    # forty milliseconds for the browser to confirm its beginning (RFC 1122, 4.2.3.2 and 4.2.3.4).
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
