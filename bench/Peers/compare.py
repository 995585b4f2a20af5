#!/usr/bin/env python3
"""The standard pieces of work here, in PyTorch, in scikit-learn and (where it loads) in TorchSharp, taking turns on this machine.

    apt-get install python3-torch python3-sklearn python3-threadpoolctl dataset-fashion-mnist     # Debian 12
    python3 bench/Peers/compare.py [--only tiny,wide] [--rounds 3] [--seconds 0.4] [--out docs/benchmarks/NAME.md]

Each round runs every (library, threads) as a process of its own, in random order; a workload's figure is the median over all repetitions of the better
thread count. Batches come from a pool of distinct ones, and every repetition starts from fresh parameters. Needs a quiet machine: neighbours cost the
large workloads most.
"""
import argparse, json, os, platform, random, statistics, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OURS = os.path.join(ROOT, "src/Cli/bin/Release/net10.0/Functional.Cli")
TORCHSHARP = os.path.join(HERE, "TorchSharp/bin/Release/net10.0/linux-x64/TorchSharpPeer.dll")
DATA = os.environ.get("FASHION_DIR", "/usr/share/datasets/fashion-mnist")
#     name, kind, widths, activation, batch, optimizer, pool of batches
WORK = [
    ("tiny", "train", [2, 8, 2], "tanh", 32, "adam", 64),
    ("small", "train", [64, 64, 10], "relu", 32, "adam", 64),
    ("digits", "train", [64, 100, 10], "relu", 32, "adam", 64),
    ("medium", "train", [784, 128, 10], "relu", 32, "adam", 64),
    ("fashion", "train", [784, 512, 512, 10], "relu", 128, "adam", 16),
    ("deep", "train", [784, 512, 512, 512, 512, 512, 10], "relu", 256, "adam", 16),
    ("wide", "train", [1024, 2048, 2048, 1000], "relu", 512, "sgd", 4),
    ("infer_b1", "infer", [784, 512, 512, 10], "relu", 1, "none", 64),
    ("infer_b1024", "infer", [784, 512, 512, 10], "relu", 1024, "none", 4),
    ("e2e_fashion_mnist", "epochs", [784, 128, 10], "relu", 32, "adam", 0),
]
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--only", default=",".join(work[0] for work in WORK))
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--repetitions", type=int, default=3)
parser.add_argument("--seconds", type=float, default=0.4)
parser.add_argument("--epochs", type=int, default=5)
parser.add_argument("--out")
options = parser.parse_args()
THREADS = sorted({1, os.cpu_count()})

with open("/proc/cpuinfo") as lines:
    HAS_AVX512 = any("avx512f" in line for line in lines)


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def run(library, work, threads):
    name, kind, widths, activation, batch, optimizer, pool = work
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
    if HAS_AVX512:  # whatever the environment names: OpenBLAS's AVX2 kernels are up to twice too slow here
        environment |= {"OPENBLAS_CORETYPE": "SKYLAKEX", "OPENBLAS_L2_SIZE": "1024"}
    if library == "functional":
        environment |= {"BENCH_THREADS": str(threads), "BENCH_SECONDS": str(options.seconds), "BENCH_REPS": str(options.repetitions), "BENCH_EPOCHS": str(options.epochs)}
        command = [OURS, "bench", name, "--json"]
    else:
        task = dict(kind=kind, widths=widths, activation=activation, batch=batch, optimizer=optimizer, pool=pool, threads=threads, seconds=options.seconds,
                    repetitions=options.repetitions, epochs=options.epochs, data=DATA)
        if library == "pytorch":
            environment.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # Debian's has two thread pools, which fight for the cores when both spin
        command = ["dotnet", TORCHSHARP] if library == "torchsharp" else [sys.executable, os.path.join(HERE, f"{library}_peer.py")]
        command.append(json.dumps(task))
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{library} {name}: {(done.stderr or done.stdout).strip()[-300:]}")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return (answer["repetitions"], None) if library == "functional" else (answer["us"], answer["version"])


def shown(us):
    return f"{us:.2f} µs" if us < 1000 else f"{us / 1000:.2f} ms"


subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", "-nologo", os.path.join(ROOT, "src/Cli")], check=True, stdout=sys.stderr)
libraries, versions, notes = ["functional", "pytorch", "sklearn"], {}, []
built = subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", "-nologo", os.path.join(HERE, "TorchSharp")], stdout=sys.stderr)
try:
    run("torchsharp", WORK[0], 1)
    libraries.append("torchsharp")
except RuntimeError as error:
    notes.append(f"TorchSharp does not load here ({str(error).splitlines()[-1][:160]}): version 0.107 wants a libstdc++ with GLIBCXX_3.4.32, which Debian 12 lacks.")
times = {}
for round in range(options.rounds):
    for work in (work for work in WORK if work[0] in options.only.split(",")):
        turns = [(library, threads) for library in libraries for threads in THREADS]
        random.Random(round).shuffle(turns)
        for library, threads in turns:
            got, version = run(library, work, threads)
            times.setdefault((work[0], library, threads), []).extend(got)
            versions[library] = version or "this"
            print(f"{work[0]:18} {library:10} {threads} threads {shown(statistics.median(got))}", file=sys.stderr)
lines = ["| workload | " + " | ".join(libraries) + " | best of the others / ours |", "|---|" + "---|" * (len(libraries) + 1)]
for name in options.only.split(","):
    best = {library: min((statistics.median(times[name, library, threads]), threads) for threads in THREADS) for library in libraries}
    others = min(best[library][0] for library in libraries[1:])
    lines.append(f"| {name} | " + " | ".join(f"{shown(best[library][0])} ({best[library][1]}t)" for library in libraries) + f" | {others / best['functional'][0]:.2f} |")
text = "\n".join([f"{processor()}, {os.cpu_count()} processors; {', '.join(v for k, v in versions.items() if k != 'functional')}; medians over {options.rounds} rounds of {options.repetitions}, the better thread count of each.", "", *lines, "", *notes])
print(text)
if options.out:
    with open(options.out, "w") as file:
        file.write(text + "\n")
