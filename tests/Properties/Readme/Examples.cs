using Functional;
using Functional.Core.Data;
using Functional.Core.Data.Toys;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Optimizers;
using Functional.Core.Optimizers.Schedules;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;

namespace Properties.Readme;

/// <summary>The programs that README and docs show, run as they stand there: what lies between the marks is what is shown.</summary>
internal static class Examples
{
    public static List<string> Facade()
    {
        var Console = new Page();
        // begin: facade
        var digits = DataCatalog.LoadDigits();
        var classifier = Mlp.Classifier([64, 64]).Train(digits, options => options with { Epochs = 20, Seed = 42 });

        Console.WriteLine($"accuracy {classifier.Test.Accuracy:F4} on {classifier.Test.Rows} digits it never saw");
        Console.WriteLine($"parameters {classifier.Model.ParametersSha256[..16]}");

        classifier.Save("digits.safetensors");
        var again = Model.Load("digits.safetensors");
        Console.WriteLine($"the first three are {again.Classes(digits.Inputs.Select([0, 1, 2]))}");
        // end: facade
        File.Delete("digits.safetensors");
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

        var start = learner.Begin(Network<double>.Init(architecture, new Initializer.GlorotUniform(), key.For(Purpose.Init)));
        var batches = Batches.From(samples, 32, key.For(Purpose.Shuffle)).Take(300);
        var end = learner.Fold(start, batches);                                   // training is a fold over batches ...
        var same = learner.Fold(learner.Fold(start, batches.Take(100)), batches.Skip(100)); // ... in as many parts as you like

        var (output, tape) = end.Network.Forward(samples.Inputs);
        var (loss, delta) = learner.Loss.ValueAndDelta(output, samples.Targets);
        var (gradient, _) = end.Network.Backward(tape, delta);
        Console.WriteLine($"{start.Step} -> {end.Step} steps, loss {loss:F4}, gradient {gradient.Norm():F4}, same bits: {end == same}");
        // end: core
        return Console.Lines;
    }

    public static List<string> Coming()
    {
        var Console = new Page();
        // begin: coming
        var penguins = DataCatalog.Load(new Penguins(), seed: 0).Data;
        var classifier = Mlp.Classifier([32]).Train(penguins, options => options with
        {
            Data = new Penguins(),
            Optimizer = new Adam(Rate: 0.003),
            BatchSize = 32,
            Epochs = 200,
            Seed = 1,
            ClassWeights = new ClassWeighting.Balanced(),
            Penalty = new Penalty.L2(1e-4),
            Schedule = new CosineAnnealing(),
            Stopping = new Stopping.Patience("validation_loss", Epochs: 20),
        });
        Console.WriteLine($"accuracy {classifier.Test.Accuracy:F3}, macro F1 {classifier.Test.Report.Macro.F1:F3}");
        Console.WriteLine($"{classifier.Summary.Parameters} parameters, {classifier.Model.Schema!.Labels}");
        // end: coming
        return Console.Lines;
    }

    /// <summary>Stands for the console, and keeps what is written.</summary>
    private sealed class Page
    {
        public List<string> Lines { get; } = [];
        public void WriteLine(string line) => Lines.Add(line);
    }
}
