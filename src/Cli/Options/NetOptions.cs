using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Functional.Core.Explaining;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Cli;

/// <summary>The options of a network that is written out on the command line, with its sample: for explanations,
/// without data or training.</summary>
internal static class NetOptions
{
    public static readonly Option<string?> Input =
        new("--input") { HelpName = "0,1", Description = Terminal.Said($"the sample's inputs") };
    public static readonly Option<string?> Target = new("--target")
    {
        HelpName = "1",
        Description = Terminal.Said($"what the outputs should be; or the number of a class, where the loss takes one")
    };
    private static readonly Option<string?> Net = new("--net")
    {
        HelpName = "2-2-1",
        Description = Terminal.Said($"numbers of inputs, hidden neurons and outputs; sigmoid, linear outputs and the "
            + $"lecture's ECM unless --activation, --output-activation, --loss say otherwise")
    };
    private static readonly Option<string?> Parameters = new("--parameters")
    {
        HelpName = "LIST",
        Description = Terminal.Said(
            $"of --net: W1 row by row, b1, W2, b2, ...; drawn by --initializer and --seed if none are given")
    };
    private static readonly Option<bool> NoBias = new("--no-bias") { Description = Terminal.Said($"of --net: no b") };
    private static readonly Option<bool> OneNeuron = new("--one-neuron")
    {
        Description = Terminal.Said(
            $"the lecture's derivation for one hidden neuron: --net 1-1-1, input 1, target 0, factor by factor")
    };

    private const int Widest = 1 << 20, Deepest = 64;

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Net, Input, Target, Parameters, NoBias, OneNeuron])
            command.Options.Add(option);
    }

    /// <summary>Whether a network was written out.</summary>
    public static bool Given(ParseResult parsed) => parsed.GetValue(Net) is not null || parsed.GetValue(OneNeuron);

    /// <summary>The faults of options that make sense only with such a network.</summary>
    public static IEnumerable<Invalid> WithoutNet(ParseResult parsed)
    {
        if (parsed.GetValue(Parameters) is not null)
            yield return new($"parameters are given without a net; they should be given with one");
        if (parsed.GetValue(NoBias)) yield return new($"no-bias is given without a net; it should be given with one");
    }

    /// <summary>The explanation of the network that was written out.</summary>
    public static Explanation Explain(
        ParseResult parsed, string? spec, string? sample, string? table, bool isForward, Language language,
        List<Invalid> faults)
    {
        bool isOneNeuron = parsed.GetValue(OneNeuron);
        faults.AddRange(WithoutEffect(parsed, [spec, sample is null ? null : $"--sample {sample}"], table, isForward));
        int[] widths = Widths(parsed.GetValue(Net) ?? "1-1-1", faults);
        if (isOneNeuron && !widths.SequenceEqual([1, 1, 1]))
            faults.Add(new($"the network is {string.Join("-", widths)}; "
                + $"for the derivation with one hidden neuron it should be 1-1-1"));
        var experiment = Experiment(parsed, widths);
        faults.AddRange(experiment.FailToSeq());
        if (isOneNeuron)
            faults.AddRange(experiment.SuccessToSeq().Where(read => read.Loss is not HalfSumSquaredError).Select(read =>
                new Invalid($"loss is \"{Loss.Kinds.NameOf(read.Loss)}\"; for the derivation with one hidden neuron it "
                    + $"should be half_sum_squared_error")));
        var (inputs, targets) = table is null
            ? (Row(Numbers(parsed, Input, faults) ?? (isOneNeuron ? Vec<double>.Of(1) : null)),
                Row(Numbers(parsed, Target, faults) ?? (isOneNeuron ? Vec<double>.Of(0) : null)))
            : SampleTable.Read(table, faults);
        if (isForward) targets = null;
        if (table is null && inputs is null && parsed.GetValue(Input) is null)
            faults.Add(new($"input is not given; it should be, with --net"));
        var parameters = Numbers(parsed, Parameters, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var (known, hasBias) = ((Experiment)experiment, !parsed.GetValue(NoBias));
        var found = known.Settings.Precision.Do(new Explaining(
            known, hasBias, parameters, inputs!, targets, isOneNeuron, table is not null,
            ExperimentOptions.RateOf(parsed), language));
        return found.Match(Succ: explanation => explanation, Fail: more => throw new InvalidInputException(more));
    }

    // Options that would change nothing.
    private static IEnumerable<Invalid> WithoutEffect(
        ParseResult parsed, string?[] ofData, string? table, bool isForward)
    {
        bool isOneNeuron = parsed.GetValue(OneNeuron);
        string net = isOneNeuron ? "--one-neuron" : "--net";
        string?[] ofOneNeuron =
        [
            isForward ? "--forward" : null, table is null ? null : "--table",
            ExperimentOptions.RateOf(parsed) is null ? null : "--rate",
        ];
        string?[] others = [.. ofData, .. ExperimentOptions.DataAndHidden(parsed), .. isOneNeuron ? ofOneNeuron : []];
        foreach (string? other in others)
            if (other is not null) yield return new($"{other} is given; with {net} it should not be");
        foreach (string other in ExperimentOptions.OfData(parsed))
            yield return new($"{other} is given; a net has no data, so it should not be");
        if (parsed.GetValue(Parameters) is not null)
            foreach (string other in ExperimentOptions.OfFirstWeights(parsed))
                yield return new($"{other} is given; with --parameters nothing is drawn, so it should not be");
        if (isForward && parsed.GetValue(Target) is { } unused)
            yield return new($"--target {unused} is given; forward propagation alone looks at none, "
                + $"so with --forward it should not be");
        if (isForward && table?.Contains('=', StringComparison.Ordinal) == true)
            yield return new($"--table has targets; forward propagation alone looks at none, "
                + $"so with --forward it should not have any");
    }

    /// <summary>A list of numbers; null where none was given, or where it is faulted.</summary>
    public static Vec<double>? Numbers(ParseResult parsed, Option<string?> option, List<Invalid> faults)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        double[] numbers = [.. text.Split(',').Select(
            item => double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : double.NaN)];
        Invalid[] bad = [.. text.Split(',').Where((_, i) => !double.IsFinite(numbers[i])).Select(item =>
            new Invalid($"{option.Name[2..]} has \"{item}\"; it should be numbers, finite, with commas between them"))];
        faults.AddRange(bad);
        return bad.Length == 0 ? Vec<double>.Of(numbers) : null;
    }

    private sealed record Explaining(
        Experiment Experiment, bool HasBias, Vec<double>? Parameters, Matrix<double> Inputs, Matrix<double>? Targets,
        bool IsOneNeuron, bool IsTable, double? Rate, Language Language)
        : IInPrecision<LanguageExt.Validation<Invalid, Explanation>>
    {
        public LanguageExt.Validation<Invalid, Explanation> Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Layer[] layers =
                [.. Experiment.Architecture.Layers.OfType<Dense>().Select(layer => layer with { Bias = HasBias })];
            var architecture = Architecture.Of(Experiment.Inputs, layers);
            var drawn = Network<T>.Init(
                architecture, Experiment.Settings.Initializer, Experiment.Key.For(Purpose.Init));
            bool isFull = Parameters is null || Parameters.Length == architecture.ParameterCount;
            var network = Parameters is null || !isFull ? drawn : drawn.With(Row(Parameters)!.To<T>().Cells);
            var (x, y) = (Inputs.To<T>(), Targets?.To<T>());
            var explanation =
                IsTable ? Explanation.OfSamples(network, x, y, Experiment.Loss, Language)
                : IsOneNeuron && x.Columns == 1 && y!.Columns == 1
                ? Explanation.OfOneNeuron(network, x[0, 0], y[0, 0], Language)
                : Explanation.Of(network, x.Cells, y?.Cells, Experiment.Loss, Language, Rate);
            var faults = explanation.FailToSeq().ToList();
            if (!isFull)
                faults.Add(new(
                    $"the length of parameters is {Parameters!.Length}; it should be {architecture.ParameterCount}: "
                    + $"{string.Join(", ", architecture.Layout.Select(slice => $"{slice.Length} {slice.Name}"))}"));
            return Invalid.Unless(faults, () => (Explanation)explanation);
        }
    }

    private static Matrix<double>? Row(Vec<double>? numbers) =>
        numbers is null ? null : new(1, numbers.Length, numbers);

    // The network as an experiment whose data a program would hand over, so that every option is read,
    // and faulted, as everywhere.
    private static LanguageExt.Validation<Invalid, Experiment> Experiment(ParseResult parsed, int[] widths)
    {
        var hidden = widths[1..^1].Select(
            units => (JsonNode)new JsonObject { ["kind"] = "dense", ["units"] = units, ["activation"] = "sigmoid" });
        var fields = new JsonObject
        {
            ["data"] = "given",
            ["hidden"] = new JsonArray([.. hidden]),
            ["loss"] = "half_sum_squared_error",
            ["precision"] = "double"
        };
        var faults = ExperimentOptions.Override(fields, parsed);
        Problem problem = Loss.Kinds.Find(fields["loss"]!.ToString()) switch
        {
            { IsAcrossOutputs: true } => new Problem.Classification(widths[^1]),
            { IsForClasses: true } => new Problem.MultiLabel(widths[^1]),
            _ => new Problem.Regression(widths[^1]),
        };
        var read = Functional.Experiment.Parse(fields.ToJsonString(), new LearningTask(problem, widths[0]));
        return Invalid.Unless([.. faults, .. read.FailToSeq()], () => (Experiment)read);
    }

    private static int[] Widths(string net, List<Invalid> faults)
    {
        var widths = new List<int>();
        foreach (string item in net.Split('-'))
            if (int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out int width)
                && width is >= 1 and <= Widest)
                widths.Add(width);
            else
                faults.Add(
                    new($"net has \"{item}\"; it should be whole numbers between 1 and {Widest}, with - between them"));
        if (net.Split('-').Length is < 2 or > Deepest) faults.Add(new(
            $"net has {net.Split('-').Length} layers; it should have between 2 and {Deepest}, the inputs among them"));
        return widths.Count >= 2 ? [.. widths.Take(Deepest)] : [1, 1];
    }
}
