namespace Functional.Core.Networks;

/// <summary>One layer of a network, in figures.</summary>
/// <param name="Kind">What kind of layer, by the name it is written under.</param>
/// <param name="Inputs">Numbers in for each sample.</param>
/// <param name="Outputs">Numbers out for each sample.</param>
/// <param name="Parameters">Numbers that are learned.</param>
/// <param name="Running">Numbers kept beside them that are not, such as running means.</param>
/// <param name="MultiplyAdds">Of its matrix products, forward, for each sample.</param>
public sealed record LayerSummary(
    string Kind, int Inputs, int Outputs, long Parameters, long Running, long MultiplyAdds);

/// <summary>A network in figures: what it holds, what a batch takes, and what a sample costs.</summary>
/// <param name="Layers">In the order of the forward pass.</param>
/// <param name="NumbersPerSample">Numbers that a training step holds for each sample of its batch.</param>
public sealed record Summary(Items<LayerSummary> Layers, long NumbersPerSample)
{
    /// <summary>Numbers that are learned.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Numbers kept beside them that are not learned.</summary>
    public long Running => Layers.Sum(layer => layer.Running);

    /// <summary>Multiply-adds of all products, forward, for each sample; a training step takes about
    /// three times as many.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Bytes that training holds: parameters, gradient and the optimizer's memories, and the step's
    /// room for a batch.</summary>
    /// <param name="batch">Samples a step, at least 1.</param>
    /// <param name="slots">Parameter-sized memories of the optimizer.</param>
    /// <param name="bytes">Of a number: 4 for float, 8 for double.</param>
    public long Memory(int batch, int slots, int bytes) =>
        bytes * (Parameters * (2L + slots) + Running * 2 + NumbersPerSample * batch);

    /// <summary>The figures of an architecture.</summary>
    public static Summary Of(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var layers = new List<LayerSummary>();
        int width = architecture.Inputs;
        foreach (var layer in architecture.Layers)
        {
            layers.Add(new(
                Layer.Kinds.NameOf(layer), width, layer.Outputs(width), layer.Parameters(width),
                layer.RunningLayout(width).Sum(slice => (long)slice.Length), layer.Products(width)));
            width = layer.Outputs(width);
        }
        return new([.. layers], architecture.Stage<double>().PerRow + architecture.Outputs);
    }
}
