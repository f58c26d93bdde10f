"""What graphs in PostgreSQL cost as they grow: the table of docs/engines.md.

    cargo build --release --features postgres
    python3 scripts/measure_databases.py target/release/opsatlas 100000 1000000 10000000

Graphs in 20 layers, 8 edges a node, some nodes in great demand. For each size: saving, 20 paths (the median), and a
closure of about an eighth of the graph, counted and with all its rows, each in an open session, best of three.
"""

import os
import random
import subprocess
import sys
import tempfile
import time

ENGINES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "engines")
LAYERS, DEGREE, PATHS = 20, 8, 20


def write(path, edges):
    """A graph; the targets of each node, for finding a closure of the size that is wanted."""
    dice = random.Random(7)
    nodes = edges // DEGREE
    width = nodes // LAYERS
    targets = [()] * nodes
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"atlas": 1, "schema": {"relations": {"builds-on": {"prerequisite": "target"}}}, "nodes": [\n')
        out.write(",\n".join(f'{{"id": "skill-{at}", "name": "Skill {at}", "kind": "skill"}}' for at in range(nodes)))
        out.write('\n], "edges": [\n')
        first = True
        for node in range(width, nodes):
            layer = node // width * width
            low = layer - width if dice.random() < 0.6 else 0
            found = {low + int(dice.random() ** 3 * (layer - low)) for _ in range(DEGREE)}
            targets[node] = tuple(found)
            for target in found:
                out.write("" if first else ",\n")
                first = False
                out.write(f'{{"from": "skill-{node}", "kind": "builds-on", "to": "skill-{target}"}}')
        out.write("\n]}\n")
    return targets


def closure(targets, node):
    seen, border = {node}, [node]
    while border:
        border = [target for one in border for target in targets[one] if target not in seen and not seen.add(target)]
    return seen


def timed(session, query):
    began = time.monotonic()
    session.stdin.write(query + "\n")
    session.stdin.flush()
    answer = session.stdout.readline()
    took = time.monotonic() - began
    assert answer.startswith("{") and '"error"' not in answer[:200], answer[:500]
    return took, answer


def told(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def measure(program, url, folder, edges):
    file = os.path.join(folder, "graph.json")
    targets = write(file, edges)
    prepared = os.path.join(folder, "graph.atlas")
    subprocess.run([program, "-g", file, "--save", prepared], check=True)
    url += f"?graph=g{edges}"
    began = time.monotonic()
    subprocess.run([program, "-g", prepared, "--save", url], check=True)
    saved = time.monotonic() - began
    dice = random.Random(11)
    some = [dice.randrange(len(targets) // 2, len(targets)) for _ in range(200 if edges < 5_000_000 else 40)]
    _, node = min((abs(len(closure(targets, node)) - len(targets) // 8), node) for node in some)
    size = len(closure(targets, node)) - 1
    pairs = [(dice.choice(sorted(closure(targets, node) - {node})), node) for node in some[:PATHS]]
    session = subprocess.Popen(
        [program, "-g", url, "-F", "json", "-f", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    best = lambda query: min(timed(session, query)[0] for _ in range(3))
    paths = sorted(best(f"path skill-{a} -> skill-{b}") for a, b in pairs)
    count = best(f"prereqs skill-{node} then count")
    whole = best(f"prereqs skill-{node}")
    session.stdin.close()
    session.wait()
    print(f"| {edges:,} | {told(saved)} | {told(paths[PATHS // 2])} | {size:,} | {told(count)} | {told(whole)} |", flush=True)


def main():
    program, sizes = os.path.abspath(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [100_000]
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        place = os.path.join(folder, "server")
        url = subprocess.run([ENGINES, "start", place], check=True, text=True, capture_output=True).stdout.strip()
        try:
            print("| edges | `--save` | `path` | closure, nodes | `then count` | in JSON, with all rows |")
            print("|---:|---:|---:|---:|---:|---:|")
            for edges in sizes:
                measure(program, url, folder, edges)
        finally:
            subprocess.run([ENGINES, "stop", place], check=True)


main()
