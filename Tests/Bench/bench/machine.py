"""What the figures were taken on, and keeping its processors awake."""

import os
import platform
import struct
import subprocess
import time
from pathlib import Path


def hold_processors_awake():
    """A halted virtual processor sees a disk's answer late. The file must stay open; None where there is none."""
    try:
        handle = os.open("/dev/cpu_dma_latency", os.O_WRONLY)
        os.write(handle, struct.pack("i", 0))
        return handle
    except OSError:
        return None


def fsync_microseconds(directory, times=200):
    """The middle one of many fdatasyncs of one page."""
    path = Path(directory) / "fsync-probe"
    taken = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(times):
            file.seek(0)
            file.write(b"\0" * 8192)
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - begin) * 1e6)
    path.unlink()
    return round(sorted(taken)[times // 2])


def manifest(database, root, awake, size):
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    settings = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "wal_level")
    commit = subprocess.run(
        ["git", "-C", root, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "processorsHeldAwake": awake,
        "postgresql": database.value("SHOW server_version"),
        "settings": {name: database.value(f"SHOW {name}") for name in settings},
        "fsyncMicroseconds": fsync_microseconds(root),
        "commit": commit,
        "rounds": size.rounds,
        "secondsASample": size.seconds,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
