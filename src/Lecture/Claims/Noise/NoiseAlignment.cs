using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>
/// How the noise of mini-batches lies to the curvature of the loss while a net of one hidden layer is trained on all
/// samples: 1000 points of a square, and whether x1 is at least x2; 100 ReLU units whose output weights stay at +1 and
/// -1; 300 parameters. (Zhu et al., 2019, figure 4)
/// </summary>
internal static class NoiseAlignment
{
    /// <summary>How many epochs of ten steps: as many looks at the traces.</summary>
    public const int Epochs = 31;

    private const int Rows = 1000, Hidden = 100, StepsOfEpoch = 10, DecaysFrom = 21, Batches = 100, BatchRows = 10;
    private const double Rate = 1e-3;
    private static readonly ClippedSum Loss = new();

    /// <summary>The traces at the end of each epoch, one after the other: Tr(H S), and Tr(H) Tr(S) / D, what it would
    /// be were the noise alike in all D directions.</summary>
    /// <param name="key">What data, first weights and batches are drawn from.</param>
    /// <param name="isIsotropic">Whether noise that is alike in all directions, of the same trace, is drawn in place of
    /// that of the batches.</param>
    public static double[] Traces(Key key, bool isIsotropic)
    {
        var samples = Drawn(key.For(Purpose.Data));
        var learner = new Learner(Loss, new Adam(Rate), key, Schedule: new LinearEnd().By(StepsOfEpoch));
        var architecture = Architecture.Of(2, new Dense(Hidden, Activation.Relu));
        var start = learner.Begin(new Network<double>(
            architecture, Draw.Uniform<double>(key.For(Purpose.Init), architecture.ParameterCount, -0.1, 0.1)));
        var steps = Enumerable.Repeat(Batch<double>.All(samples), Epochs * StepsOfEpoch);
        return [.. learner.Scan(start, steps, every: StepsOfEpoch, threads: 1).SelectMany((at, epoch) =>
            At(at.State.Network, samples, key.For(Purpose.Inspection).At((uint)epoch), isIsotropic))];
    }

    private static double[] At(Network<double> network, Samples<double> samples, Key key, bool isIsotropic)
    {
        var hessian = network.Hessian(Loss, samples, threads: 1).ToMatrix();
        double[][] noise = Noise(network, samples, key);
        double noiseTrace = Mean(noise.Select(one => Reduce.Dot<double>(one, one)));
        if (isIsotropic) noise = Isotropic(noiseTrace, noise[0].Length, key);
        int size = hessian.Rows;
        double trace = Reduce.Sum<double>([.. Enumerable.Range(0, size).Select(i => hessian[i, i])]),
            isotropic = trace * noiseTrace / size;
        return [Mean(noise.Select(one => Form(hessian, one))), isotropic];
    }

    // How the gradients of batches differ from their mean.
    private static double[][] Noise(Network<double> network, Samples<double> samples, Key key)
    {
        double[][] gradients = [.. Enumerable.Range(0, Batches).Select(batch =>
        {
            var rows = Draw.Permutation(key.At((uint)batch), Rows).Span[..BatchRows];
            return network.LossGradient(Loss, samples.Select(rows), threads: 1).Gradient.Direction.ToArray();
        })];
        return AboutTheirMean(gradients);
    }

    // As many vectors of a normal distribution that is alike in all directions and has a trace.
    private static double[][] Isotropic(double trace, int size, Key key) => AboutTheirMean(
    [
        .. Enumerable.Range(Batches, Batches)
            .Select(one => Draw.Normal<double>(key.At((uint)one), size, 0, Math.Sqrt(trace / size)).ToArray()),
    ]);

    private static double[][] AboutTheirMean(double[][] vectors)
    {
        var mean = new double[vectors[0].Length];
        foreach (double[] one in vectors) Doubles.Add(1.0 / Batches, one, mean);
        foreach (double[] one in vectors) Doubles.Add(-1, mean, one);
        return vectors;
    }

    // Of a covariance: divided by one less than there are.
    private static double Mean(IEnumerable<double> squares) => Reduce.Sum<double>([.. squares]) / (Batches - 1);

    private static double Form(Matrix<double> hessian, double[] v)
    {
        var product = new double[v.Length];
        for (int row = 0; row < v.Length; row++) product[row] = Reduce.Dot<double>(hessian.Row(row), v);
        return Reduce.Dot<double>(v, product);
    }

    private static Samples<double> Drawn(Key key)
    {
        var points = Draw.Uniform<double>(key, 2 * Rows, -2, 2);
        return new(
            new(Rows, 2, points),
            new(Rows, 1, [.. Enumerable.Range(0, Rows)
                .Select(row => points[2 * row] >= points[2 * row + 1] ? 1.0 : 0)]));
    }

    // As it is for 21 epochs, then down a straight line that would end after the last.
    private sealed record LinearEnd : Schedule
    {
        public override double At(double rate, long epoch) =>
            epoch < DecaysFrom ? rate : rate * (Epochs - epoch) / (Epochs - DecaysFrom);

        /// <inheritdoc/>
        protected internal override Schedule Each(Fields fields) => this; // never written down
    }
}
