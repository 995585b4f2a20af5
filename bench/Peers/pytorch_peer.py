#!/usr/bin/env python3
"""One workload in PyTorch: prints microseconds a step, one number a repetition. Arguments as JSON (see compare.py)."""
import gzip, json, os, sys, time

w = json.loads(sys.argv[1])
import numpy as np
import torch

torch.set_num_threads(w["threads"])
torch.manual_seed(1)
widths, batch, pool = w["widths"], w["batch"], w["pool"]
entropy = torch.nn.CrossEntropyLoss()


def net():
    layers = []
    for inputs, units in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, units), torch.nn.Tanh() if w["activation"] == "tanh" else torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def optimizer(model, foreach):
    return torch.optim.Adam(model.parameters(), 1e-3, foreach=foreach) if w["optimizer"] == "adam" else torch.optim.SGD(model.parameters(), 1e-2, foreach=foreach)


def timed(step, count):
    start = time.perf_counter()
    for i in range(count):
        step(i)
    return (time.perf_counter() - start) / count


def repetitions(make):
    step, count = make(), 1
    timed(step, 3)
    while (each := timed(step, count)) * count < w["seconds"] / 2:
        count *= 2
    count = max(2, int(w["seconds"] / each))
    times = []
    for _ in range(w["repetitions"]):  # each from fresh parameters
        step = make()
        timed(step, max(2, min(50, count // 10)))
        times.append(timed(step, count) * 1e6)
    return times


def trainer(xs, ys, foreach):
    def make():
        model = net()
        rule = optimizer(model, foreach)

        def step(i):
            rule.zero_grad(set_to_none=True)
            entropy(model(xs[i % pool]), ys[i % pool]).backward()
            rule.step()
        return step
    return make


def images(name, header):
    with gzip.open(os.path.join(w["data"], name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


if w["kind"] == "train":
    xs, ys = list(torch.randn(pool, batch, widths[0])), list(torch.randint(0, widths[-1], (pool, batch)))
    result = min((repetitions(trainer(xs, ys, foreach)) for foreach in (False, True)), key=lambda times: sorted(times)[len(times) // 2])  # its faster variant
elif w["kind"] == "infer":
    xs = list(torch.randn(pool, batch, widths[0]))

    def make():
        model = net().eval()
        return lambda i: model(xs[i % pool])
    with torch.inference_mode():
        result = repetitions(make)
else:
    x = torch.from_numpy(images("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / 255)
    y = torch.from_numpy(images("train-labels-idx1-ubyte.gz", 8).astype(np.int64))
    model = net()
    rule, result = optimizer(model, False), []
    for _ in range(w["epochs"]):
        start, order = time.perf_counter(), torch.randperm(len(x))
        for at in range(0, len(x), batch):
            rows = order[at:at + batch]
            rule.zero_grad(set_to_none=True)
            entropy(model(x[rows]), y[rows]).backward()
            rule.step()
        result.append((time.perf_counter() - start) / (len(x) / batch) * 1e6)
print(json.dumps({"version": f"PyTorch {torch.__version__}", "us": result}))
