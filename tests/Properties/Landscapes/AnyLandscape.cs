using CsCheck;
using Functional;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Properties.Generators;

namespace Properties.Landscapes;

/// <summary>Networks with data to look at their loss from all around.</summary>
internal static class AnyLandscape
{
    /// <summary>A stack of dense layers with an activation.</summary>
    public static Gen<Network<double>> Stack(Gen<Activation> phi, bool bias = true, int outputs = 3) => Any.Networks(
        from activation in phi
        from inputs in Gen.Int[1, 4]
        from hidden in Gen.Int[1, 6].Array[1, 3]
        select Architecture.Of(
            inputs, [.. hidden.Select(units => new Dense(units, activation, bias)),
                new Dense(outputs, Activation.Identity, bias)]));

    /// <summary>Three classes for a network of three outputs.</summary>
    public static Gen<Dataset<double>> Classes(int inputs) =>
        from rows in Gen.Int[3, 9]
        from x in Any.Matrix(rows, inputs)
        from labels in Gen.Double[0, 2.999].Select(Math.Floor).Array[rows]
        select Valid(Dataset<double>.Check(
            new Problem.Classification(3), x, new(rows, 1, Vec<double>.Of(labels))));

    public static readonly Gen<(Network<double> Network, Dataset<double> Data)> Classifier =
        from network in Stack(Any.SmoothActivation)
        from data in Classes(network.Architecture.Inputs)
        select (network, data);

    /// <summary>Three labels for a network of three outputs; samples have weights or none.</summary>
    public static readonly Gen<(Network<double> Network, Dataset<double> Data)> Labelled =
        from network in Stack(Any.SmoothActivation)
        from rows in Gen.Int[1, 9]
        from x in Any.Matrix(rows, network.Architecture.Inputs)
        from labels in Gen.Bool.Array[3 * rows]
        from isWeighted in Gen.Bool
        from weights in Gen.Double[0.1, 3].Array[rows]
        select (network, Valid(Dataset<double>.Check(
            new Problem.MultiLabel(3), x, new(rows, 3, Vec<double>.Of([.. labels.Select(holds => holds ? 1.0 : 0)])),
            isWeighted ? Vec<double>.Of(weights) : null)));

    public static readonly Gen<Plane<double>> Plane =
        from network in Stack(Any.SmoothActivation)
        from first in Any.Direction(network)
        from second in Any.Direction(network)
        select new Plane<double>(network, new($"x", first), new($"y", second));

    private static T Valid<T>(LanguageExt.Validation<Invalid, T> value) =>
        value.Match(Succ: valid => valid, Fail: faults => throw new InvalidOperationException($"{faults}"));
}
