#!/usr/bin/env python3
"""Many small nets at once beside PyTorch and a C++ loop, taking turns on this machine.

    apt-get install python3-torch g++                                                     # Debian 12
    python3 bench/ManyNets/many.py [--rounds 3]

Prints microseconds a step of one net: here at once and one by one (`functional bench many_...`), PyTorch with the nets
stacked (bmm, one Adam over the stack), PyTorch one net at a time, a C++ loop. Medians over the rounds; each on one thread,
ours at once and PyTorch's stack on two as well.
"""
import argparse, json, os, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "src/Cli/bin/Release/net10.0/Functional.Cli")
#     name: nets, widths, activation, batch, loss, rate, batches in turn
WORK = {
    "many_xor": (1000, [2, 2, 1], "tanh", 4, "mse", 0.05, 1),
    "many_tiny": (64, [2, 8, 2], "tanh", 32, "ce", 0.001, 64),
    "many_relu": (64, [16, 16, 10], "relu", 32, "ce", 0.001, 64),
    "many_small": (64, [64, 64, 10], "relu", 32, "ce", 0.001, 64),
}


def pytorch(name, threads, seconds, is_stacked):
    import torch
    import torch.nn.functional as F
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    nets, widths, activation, batch, loss, rate, pool = WORK[name]
    phi = {"tanh": torch.tanh, "relu": torch.relu}[activation]
    if not is_stacked: nets = 1
    weights = [torch.randn(nets, a, b).mul_(a ** -0.5).requires_grad_() for a, b in zip(widths, widths[1:])]
    biases = [torch.zeros(nets, 1, b).requires_grad_() for b in widths[1:]]
    if is_stacked:
        flat = weights + biases
    else:
        weights, biases = [w.detach()[0].requires_grad_() for w in weights], [b.detach()[0].requires_grad_() for b in biases]
        flat = weights + biases
    optimizer = torch.optim.Adam(flat, lr=rate, foreach=True)
    rows = [torch.randn(nets, batch, widths[0]) if is_stacked else torch.randn(batch, widths[0]) for _ in range(pool)]
    shape = (nets, batch) if is_stacked else (batch,)
    classes = [torch.randint(0, max(2, widths[-1]), shape) for _ in range(pool)]
    numbers = [c.float().unsqueeze(-1) for c in classes]

    def step(t):
        x = rows[t % pool]
        for i, (w, b) in enumerate(zip(weights, biases)):
            x = torch.baddbmm(b, x, w) if is_stacked else torch.addmm(b, x, w)
            if i + 1 < len(weights) or loss == "mse": x = phi(x)
        if loss == "mse": value = F.mse_loss(x, numbers[t % pool]) * nets
        else: value = F.cross_entropy(x.reshape(-1, widths[-1]), classes[t % pool].reshape(-1)) * nets
        for p in flat: p.grad = None
        value.backward()
        optimizer.step()

    for t in range(20): step(t)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        for t in range(10): step(count + t)
        count += 10
    return (time.perf_counter() - start) * 1e6 / count / nets


def child(name, threads, is_stacked):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads), OMP_WAIT_POLICY="PASSIVE")
    with open("/proc/cpuinfo") as lines:
        if any("avx512f" in line for line in lines): environment["OPENBLAS_CORETYPE"] = "SKYLAKEX"
    command = [sys.executable, __file__, "--peer", name, str(threads), "stack" if is_stacked else "loop"]
    return float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


def ours(name, threads):
    command = [OURS, "bench", name, "--json", "--quiet", "--threads", str(threads), "--repetitions", "3"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found["us_per_step"], found["us_per_step_alone"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", nargs=3)
    options = parser.parse_args()
    if options.peer:
        name, threads, way = options.peer
        return print(pytorch(name, int(threads), 1.5, way == "stack"))
    with tempfile.TemporaryDirectory() as scratch:
        loop = os.path.join(scratch, "loop")
        subprocess.run(["g++", "-O3", "-march=native", "-ffast-math", "-o", loop, os.path.join(HERE, "loop.cpp")], check=True)
        print("| work | at once | one by one | PyTorch stacked | PyTorch one net | C++ loop | at once, 2 threads | stacked, 2 threads |")
        print("|---|---|---|---|---|---|---|---|")
        for name, (nets, widths, activation, batch, loss, _, _) in WORK.items():
            rounds = []
            for _ in range(options.rounds):
                once, alone = ours(name, 1)
                words = [str(x) for x in (*widths, batch, activation, loss, nets, 1.5)]
                rounds.append([
                    once, alone, child(name, 1, True), child(name, 1, False),
                    float(subprocess.run([loop, *words], capture_output=True, text=True, check=True).stdout),
                    ours(name, 2)[0], child(name, 2, True)])
            print(f"| {name} | " + " | ".join(f"{statistics.median(column):.3f}" for column in zip(*rounds)) + " |", flush=True)


main()
