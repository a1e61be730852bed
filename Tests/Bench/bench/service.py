"""ferroviad, as the environment configures it, on the database of its programs."""

import os
import subprocess
import time
from pathlib import Path


class Service:
    def __init__(self, programs, state):
        self.programs = programs
        self.log = Path(state) / "logs" / "ferroviad.log"
        self.url = f"http://127.0.0.1:{os.environ['FERROVIA_HTTP_PORT']}"

    def __enter__(self):
        self.output = open(self.log, "ab")
        self.process = subprocess.Popen(
            [self.programs.directory / "ferroviad"], stdout=self.output, stderr=self.output,
            env={**os.environ, "FERROVIA_DATABASE_URL": self.programs.url})
        for _ in range(300):
            if subprocess.run(["curl", "-sf", "-o", os.devnull, f"{self.url}/readyz"], check=False).returncode == 0:
                return self
            time.sleep(0.1)
        raise RuntimeError(f"ferroviad is not ready; see {self.log}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(40)
        self.output.close()
