using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Properties.Generators;

/// <summary>The one home of generators: keys, layers, networks and what they are fed with.</summary>
internal static partial class Any
{
    public static readonly Gen<Key> Key = Gen.Select(Gen.UInt, Gen.UInt, (hi, lo) => new Key(hi, lo));

    /// <summary>Every activation there is.</summary>
    public static readonly Gen<Activation> Activation = Gen.OneOf([.. Functional.Activation.Kinds.Prototypes]);

    /// <summary>Activations with a derivative everywhere.</summary>
    public static readonly Gen<Activation> SmoothActivation = Gen.OneOf(
        [.. Functional.Activation.Kinds.Prototypes.Where(
            phi => Functional.Activation.Kinds.NameOf(phi) is not ("step" or "relu" or "leaky_relu" or "selu"
                or "hard_tanh" or "hard_sigmoid"))]);

    public static readonly Gen<Initializer> Initializer = Gen.OneOf([.. Functional.Initializer.Kinds.Prototypes]);

    /// <summary>Every loss there is, parameters other than the usual ones included.</summary>
    public static readonly Gen<Loss> EveryLoss = Gen.OneOf([
        .. Functional.Loss.Kinds.Prototypes, new SoftmaxCrossEntropy(0.1), new Huber(0.3), new Quantile(0.2),
        new MultiMarginHinge(0.4), new CrammerSingerHinge(0.4)]);

    /// <summary>Every loss of any outputs: not that of probabilities.</summary>
    public static readonly Gen<Loss> Loss = EveryLoss.Where(loss => loss is not BinaryCrossEntropy);

    /// <summary>Losses with a smooth derivative everywhere.</summary>
    public static readonly Gen<Loss> SmoothLoss = Loss.Where(
        loss => loss is not (MeanAbsoluteError or Huber or Quantile or MultiMarginHinge or CrammerSingerHinge));

    /// <summary>Architectures of one to four layers of every kind.</summary>
    public static readonly Gen<Architecture> Architecture = Architectures(Activation);

    public static readonly Gen<Network<double>> Network = Networks(Architecture);

    /// <summary>Networks without kinks, so that differences approach derivatives.</summary>
    public static readonly Gen<Network<double>> SmoothNetwork = Networks(Architectures(SmoothActivation));

    /// <summary>Networks whose every layer is affine (in inference).</summary>
    public static readonly Gen<Network<double>> LinearNetwork = Networks(
        Architectures(Gen.Const(Functional.Activation.Identity), layerNorm: false));

    public static readonly Gen<Mode> Mode = Gen.Frequency(
        (1, Gen.Const(Functional.Core.Networks.Mode.Inference)),
        (2, Key.Select(Functional.Core.Networks.Mode.Training)));

    public static Gen<Architecture> Architectures(Gen<Activation> phi, bool layerNorm = true) =>
        from inputs in Gen.Int[1, 5]
        from count in Gen.Int[1, 4]
        from layers in Layers(inputs, count, phi, layerNorm, depth: 2)
        select Functional.Core.Networks.Architecture.Of(inputs, layers);

    /// <summary>An architecture at a random point of its parameter space, with random
    /// (positive) running values.</summary>
    public static Gen<Network<double>> Networks(Gen<Architecture> architecture) =>
        from shape in architecture
        from key in Key
        select new Network<double>(
            shape,
            Draw.Normal<double>(key.At(0), shape.ParameterCount, 0.1, 0.6),
            Draw.Uniform<double>(key.At(1), shape.RunningLayout.Sum(slice => slice.Length), 0.3, 2));

    /// <summary>A direction in the network's parameter space, of length 1.</summary>
    public static Gen<Gradient<double>> Direction(Network<double> network) => Key.Select(key =>
    {
        var direction = new Gradient<double>(Draw.Normal<double>(key, network.Parameters.Length));
        return direction.Direction.Length == 0 ? direction : 1 / direction.Norm() * direction;
    });

    public static Gen<Matrix<double>> Matrix(int rows, int columns) =>
        Key.Select(key => new Matrix<double>(rows, columns, Draw.Normal<double>(key, rows * columns)));

    /// <summary>Outputs that a loss may meet: probabilities where it takes them.</summary>
    public static Gen<Matrix<double>> Outputs(int rows, int columns, Loss loss) => loss is not BinaryCrossEntropy
        ? Matrix(rows, columns)
        : Key.Select(key => new Matrix<double>(rows, columns, Draw.Uniform<double>(key, rows * columns, 0.02, 0.98)));

    /// <summary>Weights of samples, some of them zero but not all; or none.</summary>
    public static Gen<Vec<double>?> Weights(int rows) => Gen.Frequency(
        (1, Gen.Const((Vec<double>?)null)),
        (2, Key.Select(key => (Vec<double>?)Vec<double>.Of([.. Draw.Uniform<double>(key, rows, -0.3, 2).Span.ToArray()
            .Select((w, i) => i == 0 ? 1 : Math.Max(w, 0))]))));

    /// <summary>Samples whose targets fit the loss: class numbers, shares, or numbers.</summary>
    public static Gen<Samples<double>> Samples(Architecture architecture, Loss loss, int rows) =>
        from inputs in Matrix(rows, architecture.Inputs)
        from targets in Targets(architecture.Outputs, loss, rows)
        from weights in Weights(rows)
        select new Samples<double>(inputs, targets, weights);

    public static Gen<Matrix<double>> Targets(int outputs, Loss loss, int rows) => Key.Select(key => loss switch
    {
        { TakesClassNumbers: true } => new Matrix<int>(rows, 1, Draw.Integers(key, rows, outputs)).To<double>(),
        { IsAcrossOutputs: true } =>
            new Matrix<double>(rows, outputs, Draw.Normal<double>(key, rows * outputs)).MapRows(loss.Probabilities!),
        { IsForClasses: true } => new Matrix<double>(rows, outputs, Draw.Uniform<double>(key, rows * outputs)),
        PoissonNll => new Matrix<int>(rows, outputs, Draw.Integers(key, rows * outputs, 4)).To<double>(),
        _ => new Matrix<double>(rows, outputs, Draw.Normal<double>(key, rows * outputs)),
    });

    private static Gen<Layer[]> Layers(int width, int count, Gen<Activation> phi, bool layerNorm, int depth) =>
        count == 0
        ? Gen.Const(Array.Empty<Layer>())
        : from first in Layer(width, phi, layerNorm, depth)
          from rest in Layers(first.Outputs(width), count - 1, phi, layerNorm, depth)
          select (Layer[])[first, .. rest];

    private static Gen<Layer> Layer(int width, Gen<Activation> phi, bool layerNorm, int depth)
    {
        var dense = Gen.Int[1, 6].SelectMany(units => Dense(units, phi));
        var plain = Gen.Frequency(
            (4, dense),
            (1, phi.Select(activation => (Layer)new Activate(activation))),
            (1, Gen.Double[0, 0.6].Select(rate => (Layer)new Dropout(rate))),
            (1, Gen.Select(
                Gen.Double[0.05, 1], Gen.Double[0.05, 0.5],
                (momentum, epsilon) => (Layer)new BatchNorm(momentum, epsilon))),
            (1, layerNorm ? Gen.Double[0.05, 0.5].Select(epsilon => (Layer)new LayerNorm(epsilon)) : dense));
        if (depth == 0) return plain;
        var inner = Gen.Int[0, 2].SelectMany(count => Layers(width, count, phi, layerNorm, depth - 1));
        var around = from body in inner
                     from last in Dense(width, phi)
                     select (Layer)new Residual([.. body, last]);
        var shortcut = from body in inner
                       from units in Gen.Int[1, 4]
                       from last in Dense(units, phi)
                       from way in Dense(units, phi)
                       from dropped in Gen.Bool
                       select (Layer)new Residual([.. body, last], dropped ? [new Dropout(0.4), way] : [way]);
        return Gen.Frequency(
            (6, plain), (1, around), (1, shortcut), (1, inner.Select(layers => (Layer)new Sequence([.. layers]))));
    }

    private static Gen<Layer> Dense(int units, Gen<Activation> phi) =>
        Gen.Select(phi, Gen.Bool, (activation, bias) => (Layer)new Dense(units, activation, bias));
}
