# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
"""DICOM messages byte by byte, so that a test can send wrong ones (PS3.8 section 9.3, PS3.7 annex E)."""

import socket
import struct

MR_IMAGE = "1.2.840.10008.5.1.4.1.1.4"
IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2"
ASSOCIATE_ACCEPT, ASSOCIATE_REJECT, P_DATA, ABORT = 2, 3, 4, 7


def item(kind, content):
    return struct.pack(">BBH", kind, 0, len(content)) + content


def pdu(kind, content):
    return struct.pack(">BBI", kind, 0, len(content)) + content


def associate_request(sender="GOOD", called="PARASPINAL", sop_class=MR_IMAGE):
    context = bytes([1, 0, 0, 0]) + item(0x30, sop_class.encode()) + item(0x40, IMPLICIT_LITTLE_ENDIAN.encode())
    user = item(0x51, struct.pack(">I", 16384)) + item(0x52, b"1.2.3.4")
    titles = called.ljust(16).encode() + sender.ljust(16).encode()
    items = item(0x10, b"1.2.840.10008.3.1.1.1") + item(0x20, context) + item(0x50, user)
    return pdu(1, struct.pack(">HH", 1, 0) + titles + bytes(32) + items)


def element(group, number, value):
    value += b"\0" * (len(value) % 2)
    return struct.pack("<HHI", group, number, len(value)) + value


def store_request(uid="1.2.3", sop_class=MR_IMAGE):
    """The command of a C-STORE; its data set must follow."""
    command = b"".join(
        [
            element(0, 0x0002, sop_class.encode()),
            element(0, 0x0100, struct.pack("<H", 1)),
            element(0, 0x0110, struct.pack("<H", 1)),
            element(0, 0x0700, struct.pack("<H", 0)),
            element(0, 0x0800, struct.pack("<H", 1)),
            element(0, 0x1000, uid.encode()),
        ]
    )
    return data(element(0, 0, struct.pack("<I", len(command))) + command, 3)


def data(content, flags):
    """A P-DATA with one fragment. Flags: 1 command, 2 last."""
    return pdu(P_DATA, struct.pack(">IBB", len(content) + 2, 1, flags) + content)


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(20)
    return connection


def associate(port):
    """A connection with an accepted association."""
    connection = connect(port)
    connection.sendall(associate_request())
    if answer(connection)[0] != ASSOCIATE_ACCEPT:
        connection.close()
        raise AssertionError("the association was not accepted")
    return connection


def receive(connection, length):
    content = b""
    while len(content) < length:
        more = connection.recv(length - len(content))
        if not more:
            raise ConnectionResetError
        content += more
    return content


def answer(connection):
    """Kind and content of the next PDU; (None, b"") when the connection was closed."""
    try:
        kind, _, length = struct.unpack(">BBI", receive(connection, 6))
        return kind, receive(connection, length)
    except ConnectionResetError:
        return None, b""


def status_of(content):
    """The status in a C-STORE response."""
    place = content.index(struct.pack("<HHI", 0, 0x0900, 2))
    return struct.unpack("<H", content[place + 8 : place + 10])[0]
