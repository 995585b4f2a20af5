using System.Numerics;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Networks.Activations;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>Which networks can be explained, and their dense layers.</summary>
internal static class Explainable
{
    /// <summary>The dense layers of a network of nothing but those, and of dropout; an activation that stands alone
    /// goes to the sums before it.</summary>
    public static IReadOnlyList<Dense> Layers(Architecture architecture) =>
        Flat(architecture.Layers).Aggregate(new List<Dense>(), (layers, layer) =>
    {
        if (layer is Dense dense) layers.Add(dense);
        if (layer is Activate alone) layers[^1] = layers[^1] with { Activation = alone.Activation };
        return layers;
    });

    /// <summary>Every reason why a network cannot be explained on a sample.</summary>
    public static IReadOnlyList<Invalid> Faults<T>(
        Architecture architecture, Vec<T> input, Vec<T>? target, Loss loss, bool isBackward = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var faults = new List<Invalid>(Shapes(architecture));
        if (architecture.Inputs > Explanation.MostInputs)
            faults.Add(new($"the network has {architecture.Inputs} inputs; it should have at most "
                + $"{Explanation.MostInputs} to be explained"));
        if (faults.Count == 0
            && Layers(architecture).Sum(layer => (long)layer.Units) is > Explanation.MostNeurons and var neurons)
            faults.Add(new($"the network has {neurons} neurons; it should have at most {Explanation.MostNeurons} to be "
                + $"explained"));
        if (input.Length != architecture.Inputs)
            faults.Add(new($"the length of the input is {input.Length}; it should be {architecture.Inputs}"));
        faults.AddRange(NotFinite(input, $"input"));
        if (target is null) return faults;
        int columns = loss.TargetColumns(architecture.Outputs);
        if (target.Length != columns)
            faults.Add(new($"the length of the target is {target.Length}; it should be {columns}"));
        faults.AddRange(NotFinite(target, $"target"));
        if (loss.TakesClassNumbers && target.Length == 1 && double.CreateTruncating(target[0]) is var given
            && !(double.IsInteger(given) && given >= 0 && given < architecture.Outputs))
            faults.Add(new($"the target is {given}; it should be the number of a class, between 0 and "
                + $"{architecture.Outputs - 1}"));
        else if (target.Span.ToArray().Select(double.CreateTruncating).FirstOrDefault(
            y => double.IsFinite(y) && !loss.Targets.Contains(y), double.NaN) is var outside && !double.IsNaN(outside))
            faults.Add(new(
                $"the target has {outside}; for the loss \"{Loss.Kinds.NameOf(loss)}\" it should be {loss.Targets}"));
        if (isBackward) faults.AddRange(NoDerivative.Faults(architecture.Layers, "layers").Select(
            fault => new Invalid($"{fault.Phrase}; forward propagation alone, without a target, can be explained")));
        return faults;
    }

    /// <summary>Every reason why a table of samples cannot be made; each once, though several
    /// samples have it.</summary>
    public static IReadOnlyList<Invalid> Faults<T>(
        Architecture architecture, Matrix<T> inputs, Matrix<T>? targets, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var faults = new List<Invalid>();
        if (inputs.Rows is < 1 or > Explanation.MostSamples)
            faults.Add(
                new($"the table has {inputs.Rows} samples; it should have between 1 and {Explanation.MostSamples}"));
        if (targets is not null && targets.Rows != inputs.Rows)
            faults.Add(new($"the table has {inputs.Rows} samples and {targets.Rows} targets; it should have as many"));
        else
            faults.AddRange(Enumerable.Range(0, inputs.Rows).SelectMany(row => Faults(
                architecture, Vec<T>.Of(inputs.Row(row)), targets is null ? null : Vec<T>.Of(targets.Row(row)), loss,
                isBackward: false)).Distinct());
        return faults;
    }

    /// <summary>Why there is no update with a learning rate.</summary>
    public static IEnumerable<Invalid> RateFaults(double? rate, bool hasTarget)
    {
        if (rate is not { } given) yield break;
        if (!(given > 0 && double.IsFinite(given)))
            yield return new($"the rate is {given}; it should be above 0 and finite");
        if (!hasTarget) yield return new($"the rate is given without a target; an update needs the loss of one");
    }

    /// <summary>Why a network is not the lecture's one hidden neuron.</summary>
    public static IEnumerable<Invalid> MoreThanOneNeuron(Architecture architecture)
    {
        int[] widths = [architecture.Inputs, .. Flat(architecture.Layers).OfType<Dense>().Select(layer => layer.Units)];
        if (!widths.SequenceEqual([1, 1, 1])) yield return new(
            $"the network is {string.Join("-", widths)}; for the derivation with one hidden neuron it should be 1-1-1");
    }

    private static IEnumerable<Invalid> Shapes(Architecture architecture)
    {
        Layer? before = null;
        foreach (var layer in Flat(architecture.Layers))
        {
            if (layer is Activate && before is not Dense { Activation: Identity } || layer is not (Dense or Activate))
                yield return new($"the network has a layer \"{Layer.Kinds.NameOf(layer)}\"; to be explained it should "
                    + $"be made of dense layers, each with at most one activation");
            before = layer;
        }
        if (!Flat(architecture.Layers).OfType<Dense>().Any())
            yield return new($"the network has 0 dense layers; it should have at least 1 to be explained");
    }

    private static IEnumerable<Layer> Flat(IEnumerable<Layer> layers) => layers.SelectMany(layer => layer switch
    {
        Sequence sequence => Flat(sequence.Layers),
        Dropout => [],
        _ => (IEnumerable<Layer>)[layer],
    });

    private static IEnumerable<Invalid> NotFinite<T>(Vec<T> numbers, Phrase name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        numbers.Span.ToArray().Where(x => !T.IsFinite(x)).Take(1)
            .Select(x => new Invalid($"the {name} has {x}; it should have finite numbers"));
}
