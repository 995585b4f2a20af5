#!/usr/bin/env python3
"""One workload in scikit-learn's MLPClassifier: prints microseconds a step, one number a repetition. Arguments as JSON (see compare.py).

Training is timed within fit, from the end of the first epoch (which holds the set-up) to the end of the last.
"""
import gzip, json, os, sys, time, warnings

w = json.loads(sys.argv[1])
warnings.filterwarnings("ignore")
import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

threadpool_limits(w["threads"])
widths, batch, pool = w["widths"], w["batch"], w["pool"]
rng = np.random.default_rng(1)


class Stamped(MLPClassifier):
    def _update_no_improvement_count(self, *args):
        self.__dict__.setdefault("stamps_", []).append(time.perf_counter())
        return super()._update_no_improvement_count(*args)


def model(epochs, shuffle):
    rule = dict(solver="adam", learning_rate_init=1e-3) if w["optimizer"] == "adam" else dict(solver="sgd", learning_rate_init=1e-2, momentum=0.0, nesterovs_momentum=False)
    return Stamped(hidden_layer_sizes=widths[1:-1], activation=w["activation"], alpha=0.0, batch_size=batch, max_iter=epochs, shuffle=shuffle, tol=0.0,
                   n_iter_no_change=10 ** 9, random_state=1, **rule)


def images(name, header):
    with gzip.open(os.path.join(w["data"], name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


if w["kind"] == "train":
    x = rng.standard_normal((pool * batch, widths[0]), dtype=np.float32)
    y = rng.permutation(np.arange(len(x)) % widths[-1])

    def per_step(epochs):
        stamps = model(epochs + 1, False).fit(x, y).stamps_
        return (stamps[-1] - stamps[0]) / (epochs * pool)
    epochs = max(1, round(w["seconds"] / (per_step(1) * pool)))
    result = [per_step(epochs) * 1e6 for _ in range(w["repetitions"])]
elif w["kind"] == "infer":
    fitted, rows = model(1, False), max(batch, widths[-1])
    fitted.partial_fit(rng.standard_normal((rows, widths[0]), dtype=np.float32), np.arange(rows) % widths[-1], classes=np.arange(widths[-1]))
    xs = [rng.standard_normal((batch, widths[0]), dtype=np.float32) for _ in range(pool)]

    def timed(count):
        start = time.perf_counter()
        for i in range(count):
            fitted.predict_proba(xs[i % pool])
        return (time.perf_counter() - start) / count
    timed(5)
    count = max(2, int(w["seconds"] / timed(5)))
    result = [timed(count) * 1e6 for _ in range(w["repetitions"])]
else:
    x = images("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / 255
    y = images("train-labels-idx1-ubyte.gz", 8).astype(np.int64)
    start = time.perf_counter()
    stamps = [start] + model(w["epochs"], True).fit(x, y).stamps_
    result = [(later - earlier) / (len(x) / batch) * 1e6 for earlier, later in zip(stamps, stamps[1:])]
print(json.dumps({"version": f"scikit-learn {sklearn.__version__}", "us": result}))
