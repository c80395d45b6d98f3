"""Makes a window larger than a hand would: resize_window.py TITLE WIDTH HEIGHT

Speaks to the X server through the library that the window itself uses. There is no window
manager on a virtual screen, so nothing else has a say in it.
"""

import ctypes
import ctypes.util
import sys
import time

x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
Window = ctypes.c_ulong
x11.XOpenDisplay.restype = ctypes.c_void_p
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
x11.XFetchName.argtypes = [ctypes.c_void_p, Window, ctypes.POINTER(ctypes.c_char_p)]
x11.XMoveResizeWindow.argtypes = [
    ctypes.c_void_p,
    Window,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_uint,
    ctypes.c_uint,
]
x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]


def windows(display, parent):
    root, above, count = Window(), Window(), ctypes.c_uint()
    children = ctypes.POINTER(Window)()
    found = x11.XQueryTree(
        display,
        parent,
        ctypes.byref(root),
        ctypes.byref(above),
        ctypes.byref(children),
        ctypes.byref(count),
    )
    return [children[index] for index in range(count.value)] if found else []


def title(display, window):
    name = ctypes.c_char_p()
    x11.XFetchName(display, window, ctypes.byref(name))
    return (name.value or b"").decode(errors="replace")


def main():
    wanted, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    display = x11.XOpenDisplay(None)
    if not display:
        sys.exit("there is no screen")
    root = x11.XDefaultRootWindow(display)
    for _ in range(100):
        named = [w for w in windows(display, root) if wanted in title(display, w)]
        if named:
            for window in named:
                x11.XMoveResizeWindow(display, window, 0, 0, width, height)
            x11.XSync(display, 0)
            return
        time.sleep(0.05)
    sys.exit(f"no window is called {wanted}")


main()
