using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>
/// Whether descent leads towards where training ends, epoch by epoch: (-g, x_T - x) over the product of the two
/// lengths, with g the gradient of all samples at x, the net of an epoch, and at points of a ball around it. (Kleinberg
/// et al., 2018)
/// </summary>
internal static class OnePointConvexity
{
    /// <summary>How many epochs: at a half and at three quarters the rate falls to a tenth.</summary>
    public const int Epochs = 30;

    /// <summary>How many points of each ball.</summary>
    public const int Points = 100;

    /// <summary>Rows of a batch of SGD. Gradient descent takes as many steps as it, each with all rows.</summary>
    public const int BatchRows = 32;

    private const int Hidden = 32;
    private const double Rate = 0.1, Radius = 0.5;
    private static readonly Loss Loss = new SoftmaxCrossEntropy();

    /// <summary>The cosine of each epoch, from the first weights to before the last epoch, then of each epoch the least
    /// of its ball and how many points of the ball have a positive one.</summary>
    /// <param name="data">Digits.</param>
    /// <param name="isStochastic">Whether a step sees a batch; else it sees all rows.</param>
    /// <param name="key">What first weights, batches and points are drawn from.</param>
    /// <param name="towards">Whose training has the end that is looked towards.</param>
    public static double[] Cosines(Samples<float> data, bool isStochastic, Key key, Key towards)
    {
        Network<float>[] path = Path(data, isStochastic, key);
        double[] end = Doubles.Of((towards == key ? path : Path(data, isStochastic, towards))[^1].Parameters);
        var cosines = path[..^1].Select(network => Cosine(network, Doubles.Of(network.Parameters), end, data));
        var balls = path[..^1].SelectMany((network, epoch) =>
        {
            double[] around = [.. Enumerable.Range(0, Points).Select(point => Cosine(
                network,
                InBall(Doubles.Of(network.Parameters), key.For(Purpose.Landscape).At((uint)epoch).At((uint)point)),
                end, data))];
            return new[] { around.Min(), around.Count(cosine => cosine > 0) };
        });
        return [.. cosines, .. balls];
    }

    // From the first weights on, the net at the end of each epoch.
    private static Network<float>[] Path(Samples<float> data, bool isStochastic, Key key)
    {
        int perEpoch = Batches.PerEpoch(data.Inputs.Rows, BatchRows);
        var learner = new Learner(
            Loss, new Sgd(Rate), key, Schedule: new Multistep([Epochs / 2, Epochs * 3 / 4]).By(perEpoch));
        var start = learner.Begin(Network<float>.Init(
            Architecture.Of(data.Inputs.Columns, new Dense(Hidden, Activation.Relu), new Dense(10)),
            new Initializer.HeNormal(), key.For(Purpose.Init)));
        var batches = isStochastic
            ? Batches.From(data, BatchRows, key.For(Purpose.Shuffle))
            : Enumerable.Repeat(Batch<float>.All(data), Epochs * perEpoch);
        var steps = batches.Take(Epochs * perEpoch);
        return [start.Network, .. learner.Scan(start, steps, perEpoch, threads: 1).Select(at => at.State.Network)];
    }

    private static double Cosine(Network<float> network, double[] x, double[] end, Samples<float> data)
    {
        double[] gradient = Doubles.Of(
            network.With(Doubles.To<float>(x)).LossGradient(Loss, data, threads: 1).Gradient.Direction);
        double[] way = [.. end];
        Doubles.Add(-1, x, way);
        return -Doubles.Dot(gradient, way) / (Doubles.Norm(gradient) * Doubles.Norm(way));
    }

    // Evenly within the ball: a random direction, and radius u^(1/n) of the whole.
    private static double[] InBall(double[] middle, Key key)
    {
        var direction = Draw.Normal<double>(key.At(0), middle.Length);
        double share = Draw.Uniform<double>(key.At(1), 1)[0];
        double radius = Radius * Elementary.RealPower(1 - share, 1.0 / middle.Length);
        Doubles.Add(radius / Doubles.Norm(direction.Span), direction.Span, middle);
        return middle;
    }
}
