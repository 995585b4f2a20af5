"""Test accuracy beside scikit-learn's MLPClassifier: the same data, architecture, optimizer, penalty and number of epochs, ten seeds each
(each seed has its own split, 80 to 20). Prints both means and the 95 % interval of their difference.

    apt install python3-sklearn
    dotnet build -c Release src/Cli
    python3 bench/Sklearn/compare.py
"""
import csv, json, os, subprocess, sys, tempfile, warnings
from math import sqrt

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_digits, make_moons
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
HOUSE = os.path.dirname(os.path.dirname(HERE))
COMMAND = ["dotnet", os.path.join(HOUSE, "src/Cli/bin/Release/net10.0/Functional.Cli.dll")]
SEEDS, HIDDEN, RATE, BATCH, EPOCHS, L2 = range(10), 32, 0.001, 32, 100, 1e-4


def theirs(x, y, seed, categories=()):
    numbers = [i for i in range(x.shape[1]) if i not in categories]
    encode = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()), numbers),
        ("categories", make_pipeline(SimpleImputer(strategy="most_frequent", missing_values=""), OneHotEncoder(handle_unknown="ignore"), StandardScaler(with_mean=False)), list(categories))])
    net = MLPClassifier((HIDDEN,), activation="relu", solver="adam", alpha=L2, batch_size=BATCH, learning_rate_init=RATE, max_iter=EPOCHS, n_iter_no_change=EPOCHS, random_state=seed)
    train_x, test_x, train_y, test_y = train_test_split(x, y, test_size=0.2, stratify=y, random_state=seed)
    return make_pipeline(encode, net).fit(train_x, train_y).score(test_x, test_y)


def ours(seed, data, directory):
    spec = os.path.join(directory, "spec.json")
    with open(spec, "w") as file:
        json.dump({"data": data, "hidden": [{"kind": "dense", "units": HIDDEN, "activation": "relu"}], "optimizer": {"kind": "adam", "rate": RATE},
                   "initializer": "glorot_uniform", "scaling": "standard", "penalty": {"kind": "l2", "strength": L2 / BATCH}, "batch_size": BATCH, "epochs": EPOCHS, "seed": seed, "validation": 0}, file)
    run = subprocess.run(COMMAND + ["train", spec, "--json", "--quiet", "--out", os.path.join(directory, f"run{seed}-{os.urandom(4).hex()}")], capture_output=True, check=True, cwd=directory)
    return json.loads(run.stdout)["test"]["accuracy"]


def table(path, x, y):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"x{i}" for i in range(x.shape[1])] + ["y"])
        writer.writerows([*row, f"class {label}"] for row, label in zip(x.tolist(), y))


with tempfile.TemporaryDirectory() as directory:
    digits = load_digits()
    moons = make_moons(1000, noise=0.1, random_state=0)
    table(os.path.join(directory, "moons.csv"), *moons)
    with open(os.path.join(HOUSE, "src/Facade/Data/penguins.csv")) as file:
        rows = list(csv.reader(file))[1:]
    birds = np.array([[row[1]] + [float(cell) if cell else np.nan for cell in row[2:6]] + [row[6]] for row in rows], dtype=object), np.array([row[0] for row in rows])
    worse = False
    print("data       scikit-learn   functional   difference (95 % interval)")
    for name, (x, y), categories, data in [
            ("digits", (digits.data, digits.target), (), "digits"), ("penguins", birds, (0, 5), "penguins"),
            ("moons", moons, (), {"kind": "csv_file", "path": os.path.join(directory, "moons.csv")})]:
        a = np.array([theirs(x, y, seed, categories) for seed in SEEDS])
        b = np.array([ours(seed, data, directory) for seed in SEEDS])
        difference, half = b.mean() - a.mean(), 2.1 * sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
        worse |= difference < -half
        print(f"{name:<10} {a.mean():12.4f} {b.mean():12.4f}   {difference:+.4f} (+-{half:.4f})")
    sys.exit(1 if worse else 0)
