using System.Globalization;
using System.Numerics;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Ensembles;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Plane = Functional.Core.Landscapes.Plane;

namespace Properties.Readme;

/// <summary>The programs that README and docs show, run as they stand there: what lies between the marks
/// is what is shown.</summary>
internal static class Examples
{
    public static List<string> Churn()
    {
        var Console = new Page();
        // begin: churn
        Customer[] customers = [.. Enumerable.Range(0, 400).Select(i => new Customer(
            Plan: i % 3 == 0 ? "free" : "gold", Age: i % 10 == 0 ? null : 20 + i * 17 % 50, Tickets: i * i % 7))];

        var table = Table.Of(customers)
            .Category("plan", c => c.Plan)
            .Number("age", c => c.Age)                                            // null is missing
            .Number("tickets", c => c.Tickets)
            .Category("churned", c => c.Tickets > (c.Plan == "free" ? 1 : 3) ? "yes" : "no");
        Console.WriteLine(table);

        var trained = Mlp.Classifier([32]).Train(table, "churned", settings => settings with
        {
            Missing = new MissingCells.Median(),
            Epochs = 60,
        });
        Console.WriteLine(trained);
        foreach (var row in trained.Model.PredictProbabilities(table).Take(3))    // by the names of the classes
            Console.WriteLine(row["yes"] > 0.5 ? "will leave" : "will stay");
        // end: churn
        return Console.Lines;
    }

    private sealed record Customer(string Plan, double? Age, int Tickets);

    public static List<string> Seeds()
    {
        var Console = new Page();
        // begin: seeds
        var digits = Datasets.Digits();
        var runs = Mlp.Classifier([64]).Train(digits, seeds: 20, settings => settings with { Epochs = 20 });
        Console.WriteLine(runs.Test.Accuracy);
        Console.WriteLine(runs.Test.F1);
        Console.WriteLine(runs.Best.Experiment.Settings.Seed);      // a Trained, as one training gives it
        Console.WriteLine(runs);
        // end: seeds
        return Console.Lines;
    }

    public static List<string> Folds()
    {
        var Console = new Page();
        // begin: folds
        var runs = Mlp.Classifier([16]).CrossValidate(
            Datasets.Penguins(), "Species", folds: 5, repeats: 2,
            settings => settings with { Missing = new MissingCells.Mean(), Epochs = 40 });
        Console.WriteLine(runs.Test.Accuracy);
        Console.WriteLine(runs.Folds[7]);

        var eighth = Mlp.Classifier([16]).Train(Datasets.Penguins(), "Species", settings => settings with
        {
            Missing = new MissingCells.Mean(),
            Epochs = 40,
            Resampling = new Resampling.Fold(Index: 3, Count: 5, Repeat: 2),
        });
        Console.WriteLine(eighth.Results.Model == runs.Each[7].Results.Model);
        // end: folds
        return Console.Lines;
    }

    public static List<string> Resamples()
    {
        var Console = new Page();
        // begin: resamples
        var drawn = Mlp.Regressor([16]).Train(Datasets.AutoMpg(), "Miles_per_Gallon", settings => settings with
        {
            Missing = new MissingCells.Mean(),
            Resampling = new Resampling.Bootstrap(Index: 1),
        });
        Console.WriteLine(drawn.Results.NotDrawn!);                   // on the rows that were not drawn
        // end: resamples
        return Console.Lines;
    }

    public static List<string> Lanes()
    {
        var Console = new Page();
        // begin: lanes
        var net = Architecture.Of(2, new Dense(2, Activation.Tanh), new Dense(1, Activation.Tanh));
        var xor = Batch<float>.All(new(
            Matrix<float>.Of([0, 0], [0, 1], [1, 0], [1, 1]), Matrix<float>.Of([0], [1], [1], [0])));
        IEnumerable<Batch<float>> steps = Enumerable.Repeat(xor, 2_000);

        var nets = Ensemble<float>.Begin(Enumerable.Range(0, 1_000).Select(i => (
            new Learner(new MeanSquaredError(), new Adam(0.05)),
            Network<float>.Init(net, new Initializer.GlorotUniform(), Key.FromSeed((ulong)i)))));
        var trained = nets.Fold(_ => steps);                       // 1,000 nets, 2,000 steps each

        int solved = trained.States.Count(state => state.Outcome is Outcome.Trained { Loss: < 0.01 });
        Console.WriteLine($"{solved} of {trained.Count} nets solved XOR");
        Console.WriteLine(trained[7] == nets.Learners[7].Fold(nets[7], steps));   // to the bit
        // end: lanes
        return Console.Lines;
    }

    public static List<string> Sweeps()
    {
        var Console = new Page();
        // begin: sweep
        var experiment = Experiment.Of(new Settings
        {
            Data = new Moons(Samples: 200),
            Hidden = [new Dense(8, Activation.Relu)],
            Epochs = 81,
            Validation = 0.25,
        });

        var sweep = Sweep.Over(experiment)
            .Vary("optimizer.rate", ValueRange.Log(1e-3, 1e-1, 3))                // a field by its path
            .Vary("hidden", (settings, hidden) => settings with { Hidden = hidden },  // or an edit
                new Items<Layer>[] { [new Dense(4, Activation.Tanh)], [new Dense(16, Activation.Tanh)] })
            .Seeds(3);
        foreach (var result in sweep)                                             // trained as they are asked for
            Console.WriteLine($"{result.Number}: {result.Values[0].Value}, "
                + $"{result.Experiment.Architecture.ParameterCount} parameters: "
                + $"{result.Score!.Mean:F4} ± {result.Score.Half:F4}");

        var best = Sweep.Over(experiment)
            .Vary("optimizer.rate", ValueRange.Log(1e-4, 1))                      // any number between them
            .Vary("hidden[0].units", ValueRange.Lin(2, 32))                       // whole, since units are
            .By(Search.Halving(27)).Best();
        Console.WriteLine($"{best}; test accuracy {best.Mean(x => x.Test!.Score.Value).Mean:F3}");
        // end: sweep
        return Console.Lines;
    }

    public static List<string> Runs(string folder)
    {
        var Console = new Page();
        // begin: runs
        var settings = new Settings { Data = new Moons(Samples: 200), Hidden = [new Dense(8)], Epochs = 40 };
        var run = Run.Train(Experiment.Of(settings), Path.Combine(folder, "whole"));
        Console.WriteLine(run.History[^1].ParametersSha256[..16]);

        var half = Run.Train(Experiment.Of(settings with { Epochs = 20 }), Path.Combine(folder, "half"));
        var rest = Run.Resume(half.Directory, epochs: 40);                  // goes on from its last checkpoint
        Console.WriteLine(rest.Results.Model == run.Results.Model);         // as though it had never stopped
        Console.WriteLine(run.IsReproduced(threads: 1));                    // once more, from its run.json
        // end: runs
        return Console.Lines;
    }

    public static List<string> Rates()
    {
        var Console = new Page();
        // begin: rates
        var settings = new Settings
        {
            Data = new Moons(Samples: 200),
            Hidden = [new Dense(16, Activation.Tanh)],
            Epochs = 40,
        };
        var curve = RateFinder.Of(Experiment.Of(settings));                  // a hundred steps from 1e-7 to 10
        Console.WriteLine($"{curve.Points.Count} steps, then {curve.End}");
        Console.WriteLine($"steepest {curve.Steepest:G3}, minimum / 10 {curve.TenthOfMinimum:G3}");

        var found = settings with { Optimizer = new Adam(curve.Recommended!.Value) };
        Console.WriteLine(Experiment.Of(settings).Train().Test!);
        Console.WriteLine(Experiment.Of(found).Train().Test!);
        // end: rates
        return Console.Lines;
    }

    public static List<string> Bag(string folder)
    {
        var Console = new Page();
        // begin: bag
        var digits = Datasets.Digits();
        var trained = Mlp.Classifier([16]).TrainBag(digits, 5, settings => settings with { Epochs = 20 });
        foreach (var member in trained.Members) Console.WriteLine(member.Test!);
        Console.WriteLine(trained.Test);                                    // of the mean of their probabilities

        string file = Path.Combine(folder, "digits.safetensors");
        trained.Model.Save(file);                                           // one file, one model
        var model = Classifier.Load(file);
        Console.WriteLine(model);
        Console.WriteLine(model.Evaluate(digits));
        // end: bag
        return Console.Lines;
    }

    public static List<string> Landscape(string folder)
    {
        var Console = new Page();
        // begin: landscape
        var key = Key.FromSeed(42);
        var loss = new SoftmaxCrossEntropy();
        var moons = new Moons(Samples: 400).Make(key.For(Purpose.Data));
        var learner = new Learner(loss, new Sgd(Rate: 0.5), key);
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(2, new Dense(12, Activation.Tanh), new Dense(2)), new Initializer.GlorotUniform(),
            key.For(Purpose.Init)));

        var samples = moons.For(loss);
        var steps = Enumerable.Repeat(Batch<double>.All(samples), 2000);
        foreach (var at in learner.Scan(start, steps, every: 500))                // training is a sequence
        {
            var sharpest = at.State.Network.Hessian(loss, samples).Spectrum(top: 1, bottom: 0).Largest;
            Console.WriteLine($"step {at.State.Step}: loss {at.Loss:F4}, largest eigenvalue {sharpest.Value:F4}");
        }

        var network = learner.Fold(start, steps).Network;
        var curvature = network.Hessian(loss, samples);
        var (whole, ends) = curvature.WholeSpectrum(top: 2, bottom: 1);           // every eigenvalue of a small net
        Console.WriteLine($"{whole.Values.Count} eigenvalues, {ends.Smallest.Value:F4} to {ends.Largest.Value:F4}; "
            + $"trace {whole.Trace:F4}, estimated {curvature.HutchPlusPlus(key, probes: 30).Value:F2}");

        var surface = Surface.Of(Plane.Random(network, key.For(Purpose.Landscape)), loss, moons, grid: 21);
        Console.WriteLine($"least loss {surface.Minimum.Loss:F4} at ({surface.Minimum.X:F1}, {surface.Minimum.Y:F1})");
        Figure.Of(surface).Save(Path.Combine(folder, "surface.svg"));
        // end: landscape
        return Console.Lines;
    }

    public static List<string> Core()
    {
        var Console = new Page();
        // begin: core
        var key = Key.FromSeed(42);
        var samples = new Moons(Samples: 500).Make(key.For(Purpose.Data)).For(new SoftmaxCrossEntropy());
        var architecture = Architecture.Of(2, new Dense(16, Activation.Tanh), new Dense(2));
        var learner = new Learner(new SoftmaxCrossEntropy(), new ClipNorm(1).Then(new Adam(Rate: 0.01)), key);

        var start = learner.Begin(
            Network<double>.Init(architecture, new Initializer.GlorotUniform(), key.For(Purpose.Init)));
        var batches = Batches.From(samples, 32, key.For(Purpose.Shuffle)).Take(300);
        var end = learner.Fold(start, batches);                                   // training is a fold over batches ...
        // ... in as many parts as you like
        var same = learner.Fold(learner.Fold(start, batches.Take(100)), batches.Skip(100));

        var (output, tape) = end.Network.Forward(samples.Inputs);
        var (loss, delta) = learner.Loss.ValueAndDelta(output, samples.Targets);
        var (gradient, _) = end.Network.Backward(tape, delta);
        Console.WriteLine($"{start.Step} -> {end.Step} steps, loss {loss:F4}, gradient {gradient.Norm():F4}, "
            + $"same bits: {end == same}");
        // end: core
        return Console.Lines;
    }

    public static List<string> Coming()
    {
        var Console = new Page();
        // begin: coming
        var penguins = Datasets.Penguins();
        var classifier = Mlp.Classifier([32]).Train(penguins, "Species", options => options with
        {
            Missing = new MissingCells.Mean(),
            Optimizer = new Adam(Rate: 0.003),
            BatchSize = 32,
            Epochs = 200,
            Seed = 1,
            ClassWeights = ClassWeights.Balanced,
            Penalty = new Penalty.L2(1e-4),
            Schedule = new CosineAnnealing(),
            Stopping = new Patience("validation_loss", Epochs: 20),
        });
        Console.WriteLine($"accuracy {classifier.Test.Accuracy:F3}, macro F1 {classifier.Test.Report.Macro.F1:F3}");
        Console.WriteLine($"{classifier.Summary.Parameters} parameters, {classifier.Model.Classes}");
        // end: coming
        return Console.Lines;
    }

    public static List<string> Functions()
    {
        var Console = new Page();
        // begin: functions
        // Knows nothing of derivatives.
        static T Swish<T>(T x) where T : INumber<T>, IExponentialFunctions<T> => x / (T.One + T.Exp(-x));

        double forward = Forward.Derivative(Swish, 0.5);                          // run once on dual numbers
        double reverse = Reverse.Gradient(x => Swish(x[0]), 0.5)[0];              // run once on a tape, folded back
        double second = Forward.SecondDerivative(Swish, 0.5);                     // dual numbers of dual numbers
        var (difference, error) = FiniteDifference.Richardson(x => Swish<Real>(x).Value, 0.5, h: 0.1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forward:F12} {reverse:F12} {difference:F12}, "
            + $"{(error < 1e-10 ? "sure to 1e-10" : "unsure")}; second {second:F6}"));

        double[] gradient = Reverse.Gradient(x => x[0] * Swish(x[1] * x[2]), 2, 0.5, -1);
        double[] product = Reverse.HessianProduct(x => x[0] * Swish(x[1] * x[2]), [2, 0.5, -1], along: [1, 0, 0]);
        Console.WriteLine(string.Join(
            "; ",
            gradient.Zip(product, (g, h) => string.Create(CultureInfo.InvariantCulture, $"{g:F6} moves by {h:F6}"))));
        // end: functions
        return Console.Lines;
    }

    public static List<string> Curvature()
    {
        var Console = new Page();
        // begin: curvature
        var (loss, key) = (new SoftmaxCrossEntropy(), Key.FromSeed(42));
        var samples = new Moons(Samples: 100).Make(key.For(Purpose.Data)).For(loss);
        var network = Network<double>.Init(
            Architecture.Of(2, new Dense(8, Activation.Tanh), new Dense(2)), new Initializer.GlorotUniform(),
            key.For(Purpose.Init));

        var (value, gradient, _) = network.LossGradient(loss, samples);           // reverse mode through the layers
        // Forward mode: how the outputs move along the gradient.
        var (_, moving) = network.Jvp(samples.Inputs, gradient);
        // How the gradient moves along itself; no Hessian is stored.
        var bent = network.HessianProduct(loss, samples, gradient);
        // The same without the network's own curvature.
        var straight = network.GaussNewtonProduct(loss, samples, gradient);
        // Exact; with a key and a number of probes an estimate.
        double trace = network.HessianTrace(loss, samples);
        var hessian = network.Hessian(loss, samples).ToMatrix();                  // 42 x 42, for small networks
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"loss {value:F4}, {moving.Rows} x {moving.Columns} outputs, g'Hg {gradient.Dot(bent):F6}, g'Gg "
                + $"{gradient.Dot(straight):F6}, trace {trace:F4} of {hessian.Rows} x {hessian.Columns}"));
        // end: curvature
        return Console.Lines;
    }

    public static List<string> Own()
    {
        var Console = new Page();
        // begin: own
        // From now on experiments and models know them by name.
        var (snake, focal) = (Activation.Register<Snake>(), Loss.Register<Focal>());

        var trained = Mlp.Classifier([16, 16], snake).Train(
            new Spirals().Make(Key.FromSeed(42)),
            options => options with { Loss = focal, Optimizer = new Adam(0.01), Epochs = 60 });
        Console.WriteLine($"accuracy {trained.Test.Accuracy:F3}, "
            + $"{trained.Experiment.ToJson().Split(
                '\n').Single(line => line.Contains("\"loss\"", StringComparison.Ordinal)).Trim()}");
        // end: own
        return Console.Lines;
    }

    public static List<string> Explained()
    {
        var Console = new Page();
        // begin: explained
        var net = Architecture.Of(2, new Dense(2, Activation.Sigmoid), new Dense(1));
        var drawn = Network<double>.Init(net, new Initializer.GlorotUniform(), Key.FromSeed(42).For(Purpose.Init));
        var explanation = drawn.Explain(input: Vec<double>.Of(0, 1), target: Vec<double>.Of(1));
        Console.WriteLine(explanation.ToText());
        // end: explained
        return Console.Lines;
    }

    public static List<string> ExplainedSamples()
    {
        var net = Architecture.Of(2, new Dense(2, Activation.Sigmoid), new Dense(1));
        var drawn = Network<double>.Init(net, new Initializer.GlorotUniform(), Key.FromSeed(42).For(Purpose.Init));
        var Console = new Page();
        // begin: explained-table
        var corners = new Matrix<double>(4, 2, Vec<double>.Of(0, 0, 0, 1, 1, 0, 1, 1));
        var wanted = new Matrix<double>(4, 1, Vec<double>.Of(0, 1, 1, 0));
        Console.WriteLine(drawn.ExplainSamples(corners, wanted).ToText());
        // end: explained-table
        return Console.Lines;
    }

    public static List<string> Explicada()
    {
        var Console = new Page();
        // begin: explicada
        // w(1), b(1), w(2), b(2)
        var red = new Network<double>(
            Architecture.Of(1, new Dense(1, Activation.Sigmoid), new Dense(1)), Vec<double>.Of(0.5, -0.25, 2, 0.125));
        var explicación = red.ExplainOneNeuron(input: 1.5, target: 1, Language.Spanish);
        Console.WriteLine(explicación.ToText());
        // end: explicada
        return Console.Lines;
    }

    // begin: functions-own
    public readonly struct Snake : IActivationFunction // (Ziyin, Hartwig and Ueda, 2020)
    {
        public static string Name => "snake";
        public static T At<T>(T z) where T : IReal<T> => z + T.Sin(z) * T.Sin(z);
    }

    public readonly struct Focal : ILossFunction // (Lin, Goyal, Girshick, He and Dollar, 2017)
    {
        public static string Name => "focal";
        public static bool TakesClassNumbers => true;

        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>
        {
            T own = outputs[(int)targets[0].ToDouble()], sum = T.Zero;
            foreach (T output in outputs) sum += T.Exp(output - own);
            T rest = T.One - T.One / sum;
            return rest * rest * T.Log(sum);
        }
    }
    // end: functions-own

    /// <summary>Stands for the console, and keeps what is written.</summary>
    /// <summary>What a program prints.</summary>
    internal sealed class Page
    {
        public List<string> Lines { get; } = [];
        public void WriteLine(object line) => Lines.Add(line.ToString()!);
    }
}
