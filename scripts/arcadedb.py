"""ArcadeDB on loopback, speaking Bolt: `arcadedb.py DIR PORT`. `scripts/engines` starts and ends it."""

import sys
import time

from arcadedb_embedded import create_server
from arcadedb_embedded.jvm import start_jvm

folder, port = sys.argv[1], int(sys.argv[2])
start_jvm(heap_size="1g")
server = create_server(
    root_path=folder,
    root_password="secret-password",
    config={
        "http_port": port + 1,
        "host": "127.0.0.1",
        "mode": "production",
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": port,
        "bolt_host": "127.0.0.1",
    },
)
server.start()
try:
    server.create_database("work")
except Exception as problem:  # It is there since the last start.
    print(problem, flush=True)
print("READY", flush=True)
while True:
    time.sleep(3600)
