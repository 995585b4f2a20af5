using System.Text;
using Functional;
using Properties.Files;
using Xunit;

namespace Properties.Facade;

/// <summary>Experiments are read, checked and done by programs as by the command.</summary>
public sealed class ExperimentsProperties
{
    private const string Spec = """{ "data": "t.csv", "hidden": [4], "missing": "mean", "epochs": 2 /* short */ }""";
    private static readonly string Table = "a,b,y\n" + string.Concat(
        Enumerable.Range(0, 40).Select(i => $"{i % 7},{(i % 5 == 0 ? "" : i % 3)},{(i % 2 == 0 ? "no" : "yes")}\n"));

    [Fact]
    public void A_spec_is_trained_as_its_parts_would_be()
    {
        using var scratch = new Scratch();
        scratch.Write("t.csv", Encoding.UTF8.GetBytes(Table));
        var experiment = Experiment.Read(scratch.Write("spec.json", Encoding.UTF8.GetBytes(Spec)));
        var heard = new List<int>();
        var results = experiment.Train(new Heard(epoch => heard.Add(epoch.Number)));
        Assert.Equal([1, 2], heard);
        var settings = experiment.Settings;
        Assert.Equal(experiment, Experiment.Of(settings));
        var data = experiment.Load().Data;
        Assert.Equal(results.Model, Experiment.Of(settings with { Data = new Digits() }, data).Train(data).Model);
        var alike = Mlp.Classifier([4]).Train(Functional.Table.Read(scratch.At("t.csv")), "y", _ => settings);
        Assert.Equal(alike.Model.ParametersSha256, results.Model.ParametersSha256);
        Assert.Equal(alike.Test, results.Test);
        Assert.Contains(
            results.Notes,
            note => $"{note}".Contains("the task is to predict which of 2 classes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "data": "t.csv", "epochs": 0 }""", "epochs is 0")]
    [InlineData("""{ "data": "t.csv", "missing": "mean", "rate": 1 }""", "rate is not a field")]
    [InlineData("""{ "data": "none.csv" }""", "none.csv")]
    [InlineData("[]", "the experiment is not a JSON object")]
    [InlineData("{", "the experiment is not JSON")]
    public void Faults_are_the_facade_s_own(string spec, string fault)
    {
        using var scratch = new Scratch();
        scratch.Write("t.csv", Encoding.UTF8.GetBytes(Table));
        string path = scratch.Write("spec.json", Encoding.UTF8.GetBytes(spec));
        Assert.Contains(
            fault, Assert.Throws<InvalidInputException>(() => Experiment.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_that_names_no_data_says_so() => Assert.Contains(
        "Train should be given them",
        Assert.Throws<InvalidInputException>(() => Experiment.Of(
            new Settings { Data = new Given() }, Functional.Datasets.Draw(new Moons(20), 1)).Train()).Message,
        StringComparison.Ordinal);

    private sealed class Heard(Action<Epoch> hear) : IProgress<Epoch>
    {
        public void Report(Epoch value) => hear(value);
    }
}
