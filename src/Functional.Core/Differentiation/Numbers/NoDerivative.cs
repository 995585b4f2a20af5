namespace Functional.Core.Differentiation;

/// <summary>What stands in the way of a gradient: the step function, whose derivative is zero
/// wherever there is one.</summary>
internal static class NoDerivative
{
    /// <summary>The activations that no gradient goes through, each as a fault with its place.</summary>
    public static IEnumerable<Invalid> Faults(IEnumerable<Layer> layers, string path) =>
        layers.SelectMany((layer, i) => layer switch
        {
            Dense dense => Faults(dense.Activation, $"{path}[{i}].activation"),
            Activate alone => Faults(alone.Activation, $"{path}[{i}].activation"),
            Sequence sequence => Faults(sequence.Layers, $"{path}[{i}].layers"),
            Residual residual =>
                Faults(residual.Body, $"{path}[{i}].body").Concat(Faults(residual.Shortcut, $"{path}[{i}].shortcut")),
            _ => [],
        });

    /// <summary>The fault of an activation that no gradient goes through.</summary>
    public static IEnumerable<Invalid> Faults(Activation phi, string path) => phi.HasDerivative ? []
        : [new($"{path} is \"{Activation.Kinds.NameOf(phi)}\"; it should have a derivative that a gradient can go "
            + $"through: this one's is zero wherever it exists")];
}
