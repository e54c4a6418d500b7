"""Loaded by the workers of a cluster of our own when they start: Ctrl-C is for whoever started it, who ends them."""

import signal
import threading

if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
