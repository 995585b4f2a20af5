using System.Numerics;
using System.Text.Json;
using Functional.Core.Forms;
using LanguageExt;

namespace Functional.Core.Networks;

/// <summary>What a network is before it has learned anything: the number of inputs, and the layers in order.</summary>
public sealed record Architecture : Form<Architecture>
{
    /// <summary>The most parameters a network may have.</summary>
    // In double, one gigabyte: what an array of bytes can hold with its neighbours.
    internal const long MostParameters = 1 << 27;

    private Architecture(int inputs, Items<Layer> layers) => (Inputs, Layers) = (inputs, layers);

    /// <summary>How many numbers a sample has; 1 to 2^20.</summary>
    public int Inputs { get; }

    /// <summary>The layers, in the order of the forward pass.</summary>
    public Items<Layer> Layers { get; }

    /// <summary>How many numbers come out for each sample.</summary>
    public int Outputs => Body.Outputs(Inputs);

    /// <summary>How many numbers are learned.</summary>
    public int ParameterCount => (int)Body.Parameters(Inputs);

    /// <summary>The inputs and layers as JSON.</summary>
    public override string ToString() => Written.Of(this).ToJsonString();

    internal Sequence Body => new(Layers);

    /// <summary>The same architecture with running values that are those of the newest batch alone.</summary>
    internal Architecture WithoutMemory => new(Inputs, [.. Layers.Select(layer => layer.WithoutMemory)]);

    /// <summary>The same architecture with one rate wherever it drops.</summary>
    internal Architecture WithoutRates => new(Inputs, [.. Layers.Select(layer => layer.WithoutRates)]);

    /// <summary>A prototype to read into.</summary>
    internal static Architecture Empty { get; } = new(1, []);

    /// <summary>An architecture, or every fault: sizes out of range, layers that do not fit together, too
    /// many parameters.</summary>
    public static Validation<Invalid, Architecture> Check(int inputs, params Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return Check(inputs, layers, "layers");
    }

    /// <summary>The same, for layers that were written down under another name.</summary>
    internal static Validation<Invalid, Architecture> Check(int inputs, Layer[] layers, string path)
    {
        var architecture = new Architecture(inputs, [.. layers]);
        return Invalid.Unless(architecture.Faults(path), () => architecture);
    }

    /// <summary>An architecture whose sizes are known to be right.</summary>
    /// <exception cref="ArgumentException">They are not; the message lists every fault.</exception>
    public static Architecture Of(int inputs, params Layer[] layers) => Check(inputs, layers).Match(
        Succ: architecture => architecture,
        Fail: faults => throw new ArgumentException(string.Join(" | ", faults)));

    /// <summary>The architecture of the layers before <paramref name="layer"/>, counted from 0.</summary>
    public Architecture Before(int layer) => new(Inputs, [.. Layers.Take(layer)]);

    /// <summary>The architecture of the layers from <paramref name="layer"/> on.</summary>
    public Architecture From(int layer) => new(Before(layer).Outputs, [.. Layers.Skip(layer)]);

    /// <summary>The parameters' names and shapes, in their order in the flat vector.</summary>
    public IEnumerable<Slice> Layout => Body.Layout(Inputs);

    /// <summary>The running values' names and shapes, in their order.</summary>
    public IEnumerable<Slice> RunningLayout => Body.RunningLayout(Inputs);

    /// <summary>As JSON, which <see cref="Read"/> reads back.</summary>
    public string ToJson() => Written.Of(this).ToJsonString();

    /// <summary>An architecture from JSON, or every fault.</summary>
    public static Validation<Invalid, Architecture> Read(string json)
    {
        var faults = new List<Invalid>();
        var architecture = Empty;
        try
        {
            using var document = JsonText.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                architecture = Reading.Of(document.RootElement, Empty, faults);
            else faults.Add(new($"the architecture is not a JSON object; it should be one, {{...}}"));
        }
        catch (JsonException)
        {
            faults.Add(new($"the architecture is not JSON; it should be an object, {{...}}"));
        }
        faults.AddRange(architecture.Faults());
        return Invalid.Unless(faults, () => architecture);
    }

    private List<Invalid> Faults(string path = "layers")
    {
        var faults = Forms.Check.Faults(this);
        if (faults.Count > 0) return faults; // shapes can only be computed from sizes that are in range
        faults.AddRange(Sequence.ShapeFaults(Layers, Inputs, path));
        if (faults.Count == 0 && Body.Parameters(Inputs) is > MostParameters and var count)
            faults.Add(new($"the network has {count} parameters; it should have at most {MostParameters}"));
        if (faults.Count == 0 && Stage<double>() is { MostRows: 0 } stage)
            faults.Add(new($"the network keeps {stage.PerRow} numbers for a sample; it should keep at most "
                + $"{Networks.Stage<double>.MostNumbers}"));
        return faults;
    }

    internal Stage<T> Stage<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => Body.Stage<T>(Inputs);

    /// <inheritdoc/>
    protected internal override Architecture Each(Fields fields) => new(
        fields.Whole("inputs", Inputs, Interval.Between(1, Layer.Widest)),
        fields.Many("layers", Layers, Layer.Kinds));
}
