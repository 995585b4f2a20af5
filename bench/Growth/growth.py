#!/usr/bin/env python3
"""How the time of a training step grows with width, depth, batch and threads: no cliffs.

    apt-get install python3-matplotlib
    python3 bench/Growth/growth.py docs/benchmarks/growth        # writes growth.md and growth.svg

Every point is the median of three short repetitions of `functional bench --net`; cost is time per multiply-add, so that a straight line is level.
"""
import json, os, statistics, subprocess, sys

import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plot

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = os.path.join(ROOT, "src/Cli/bin/Release/net10.0/Functional.Cli")
STEEP = 1.5  # a size may cost so much more for each operation than the next larger one


def measure(widths, batch, threads):
    environment = dict(os.environ, BENCH_SECONDS="0.1", BENCH_REPS="3", BENCH_THREADS=str(threads))
    answer = json.loads(subprocess.run([OURS, "bench", "--net", "-".join(map(str, widths)), "--batch", str(batch), "--json"], env=environment, capture_output=True, text=True, check=True).stdout)
    return answer["us_per_step"], 1e3 / answer["gflops"]  # microseconds; picoseconds for each floating-point operation


STUDIES = [
    ("width", "units of two hidden layers, batch 32", [8, 16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096], lambda width: ([width] * 3 + [10], 32)),
    ("depth", "hidden layers of 256 units, batch 64", [1, 2, 4, 8, 16], lambda depth: ([256] * (depth + 1) + [10], 64)),
    ("batch", "samples a step of 784-256-10", [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1024, 2048, 4096], lambda batch: ([784, 256, 10], batch)),
]
subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", "-nologo", os.path.join(ROOT, "src/Cli")], check=True, stdout=sys.stderr)
lines, cliffs = ["# How cost grows", "", "`python3 bench/Growth/growth.py` measures it: training steps of ReLU nets under softmax cross-entropy and Adam, in `float`; the figure shows time per floating-point operation of the matrix products.", "", "![cost per operation against width, depth and batch](growth.svg)", ""], []
figure, axes = plot.subplots(1, len(STUDIES), figsize=(12, 3.6))
for (name, what, sizes, net), axis in zip(STUDIES, axes):
    lines += [f"## {name.capitalize()}: {what}", "", "| " + name + " | 1 thread, µs a sample | ps an operation | 2 threads, µs a sample | ps an operation |", "|---|---|---|---|---|"]
    cells = {}
    for threads in (1, 2):
        for size in sizes:
            widths, batch = net(size)
            cells[size, threads] = (*measure(widths, batch, threads), batch)
            print(name, size, threads, cells[size, threads], file=sys.stderr)
        axis.plot(sizes, [cells[size, threads][1] for size in sizes], marker="o", markersize=3, label=f"{threads} thread{'s' if threads > 1 else ''}")
        cliffs += [f"{name} {small} costs {cells[small, threads][1] / cells[large, threads][1]:.2f} times as much an operation as {large}, on {threads}" for small, large in zip(sizes, sizes[1:])
                   if cells[small, threads][1] > STEEP * cells[large, threads][1]]
    for size in sizes:
        lines.append(f"| {size} | " + " | ".join(f"{us / batch:.3g} | {ps:.3g}" for us, ps, batch in (cells[size, threads] for threads in (1, 2))) + " |")
    lines.append("")
    axis.set(xscale="log", yscale="log", xlabel=what, title=name)
    axis.legend()
axes[0].set_ylabel("ps per floating-point operation")
lines += [f"Steeper than {STEEP} between neighbouring sizes: " + ("; ".join(cliffs) if cliffs else "none") + "."]
figure.tight_layout()
figure.savefig(sys.argv[1] + ".svg")
with open(sys.argv[1] + ".md", "w") as file:
    file.write("\n".join(lines) + "\n")
