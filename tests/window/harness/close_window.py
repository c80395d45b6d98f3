"""Closes the windows of a process as a person does by the cross in their frame: close_window.py PID

Sends what a window manager sends (WM_DELETE_WINDOW): the program decides what comes of it. There is
no window manager on a virtual screen.
"""

import ctypes
import ctypes.util
import sys

x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
Window = Atom = ctypes.c_ulong
ANY_TYPE = 0
CLIENT_MESSAGE = 33

x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XInternAtom.restype = Atom
x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x11.XDefaultRootWindow.restype = Window
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XQueryTree.argtypes = [
    ctypes.c_void_p,
    Window,
    ctypes.POINTER(Window),
    ctypes.POINTER(Window),
    ctypes.POINTER(ctypes.POINTER(Window)),
    ctypes.POINTER(ctypes.c_uint),
]
x11.XGetWindowProperty.argtypes = [
    ctypes.c_void_p,
    Window,
    Atom,
    ctypes.c_long,
    ctypes.c_long,
    ctypes.c_int,
    Atom,
    ctypes.POINTER(Atom),
    ctypes.POINTER(ctypes.c_int),
    ctypes.POINTER(ctypes.c_ulong),
    ctypes.POINTER(ctypes.c_ulong),
    ctypes.POINTER(ctypes.POINTER(ctypes.c_ulong)),
]
x11.XSendEvent.argtypes = [
    ctypes.c_void_p,
    Window,
    ctypes.c_int,
    ctypes.c_long,
    ctypes.c_void_p,
]
x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", Window),
        ("message_type", Atom),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        # An event is as large as the largest of them.
        ("rest", ctypes.c_long * 24),
    ]


def atom(display, name):
    return x11.XInternAtom(display, name.encode(), 0)


def children(display, parent):
    root, above, count = Window(), Window(), ctypes.c_uint()
    below = ctypes.POINTER(Window)()
    places = [ctypes.byref(part) for part in (root, above, below, count)]
    found = x11.XQueryTree(display, parent, *places)
    return [below[at] for at in range(count.value)] if found else []


def values(display, window, name):
    """The numbers that a property holds."""
    kind, form = Atom(), ctypes.c_int()
    count, after = ctypes.c_ulong(), ctypes.c_ulong()
    held = ctypes.POINTER(ctypes.c_ulong)()
    places = [ctypes.byref(part) for part in (kind, form, count, after, held)]
    x11.XGetWindowProperty(
        display, window, atom(display, name), 0, 64, 0, ANY_TYPE, *places
    )
    return [held[at] for at in range(count.value)] if form.value == 32 else []


def main():
    pid = int(sys.argv[1])
    display = x11.XOpenDisplay(None)
    if not display:
        sys.exit("there is no screen")
    protocols, delete = (
        atom(display, name) for name in ("WM_PROTOCOLS", "WM_DELETE_WINDOW")
    )
    closed = 0
    for window in children(display, x11.XDefaultRootWindow(display)):
        takes = delete in values(display, window, "WM_PROTOCOLS")
        if takes and pid in values(display, window, "_NET_WM_PID"):
            message = ClientMessage(
                CLIENT_MESSAGE, 0, 1, display, window, protocols, 32
            )
            message.data[0] = delete
            x11.XSendEvent(display, window, 0, 0, ctypes.byref(message))
            closed += 1
    x11.XSync(display, 0)
    if not closed:
        sys.exit(f"the process {pid} has no window that can be closed")


main()
