using Functional;
using Xunit;
using static Properties.Facade.OtherDataProperties;

namespace Properties.Facade;

/// <summary>Trainings that begin with a model, or go on from where another one ended, and what is
/// said of their ends.</summary>
public sealed class WarmStartProperties
{
    [Fact]
    public void A_training_goes_on_with_its_own_parts_alone()
    {
        var (data, part) = (Dataset.Of(Inputs, Words), Dataset.Of(Inputs, Words.Reverse().ToArray()));
        var net = Mlp.Classifier([4]);
        var trained = net.Train(data, Short, validation: part, test: part);
        Refused("the training had 8 rows of test data of its own", () => net.Continue(trained, data, 2, part));
        Refused("the validation data are not those of the training", () => net.Continue(trained, data, 2, data, part));
        Refused("the data are not those of the training", () => net.Continue(trained, part, 2, part, part));
        Refused(
            "the training had no test data of its own",
            () => net.Continue(net.Train(data, Short), data, 2, test: part));
        var whole = net.Train(data, settings => settings with { Epochs = 5 }, validation: part, test: part);
        Assert.Equal(whole.Model, net.Continue(trained, data, 2, part, part).Model);
    }

    [Fact]
    public void A_warm_start_keeps_how_samples_are_scaled()
    {
        var net = Mlp.Classifier([4]);
        var first = net.Train(Dataset.Of(Inputs, Words), Short);
        double[,] others = { { 100, 7 }, { 140, 0 }, { 90, 1 }, { 10, 0 }, { 4, 1 }, { 5, 0 }, { 6, 1 }, { 7, 0 } };
        Settings Still(Settings settings) => settings with { Epochs = 1, Optimizer = new Sgd(1e-30) };
        var warm = net.Train(Dataset.Of(others, Words), Still, from: first.Model);
        Assert.Equal(first.Model.ParametersSha256, warm.Model.ParametersSha256);
        var inputs = ((InputRows)Inputs).Numbers;
        Assert.Equal(first.Model.Predict(inputs), warm.Model.Predict(inputs));
        Assert.Contains(warm.Notes, IsOfScaling);
        Assert.DoesNotContain(net.Train(Dataset.Of(Inputs, Words), Still, from: first.Model).Notes, IsOfScaling);
        var data = Dataset.Of(others, Words);
        Trained<Classifier, ClassificationReport> For(int epochs) =>
            net.Train(data, settings => settings with { Epochs = epochs }, from: first.Model);
        Assert.Equal(For(4).Model, net.Continue(For(2), data, 2).Model);
    }

    [Fact]
    public void What_settings_leave_out_is_named()
    {
        void Train(Func<Settings, Settings> edit) => Mlp.Classifier([4]).Train(Dataset.Of(Inputs, Words), edit);
        Refused(
            "optimizer is null; it should be an optimizer",
            () => Train(settings => settings with { Optimizer = null! }));
        Refused("hidden is null; it should be a list", () => Train(settings => settings with { Hidden = null! }));
        Refused("hidden[0] is null; it should be a layer", () => Train(settings => settings with { Hidden = [null!] }));
        Refused("there are 0 targets", () => Mlp.Classifier([4]).Train(Rows(Words), [], Short));
    }

    [Fact]
    public void A_training_that_diverged_says_so()
    {
        Settings Wild(Settings settings) => Short(settings) with { Optimizer = new Sgd(1e30) };
        var diverged = Mlp.Classifier([4]).Train(Dataset.Of(Inputs, Words), Wild);
        Assert.StartsWith("training diverged at step", diverged.ToString(), StringComparison.Ordinal);
    }

    private static bool IsOfScaling(Phrase note) =>
        $"{note}".StartsWith("samples are scaled as those of the model to start from", StringComparison.Ordinal);
}
