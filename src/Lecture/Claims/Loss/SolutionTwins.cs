using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>Nets of one tanh layer that are the same function: their units in another order, or with other
/// signs. (Hecht-Nielsen, 1990; Chen, Lu and Hecht-Nielsen, 1993)</summary>
internal static class SolutionTwins
{
    private const int Samples = 24, Teachers = 20;
    public static readonly Loss Loss = new HalfSumSquaredError();

    /// <summary>A curve with noise.</summary>
    public static Samples<double> Curve(Key key)
    {
        double[] x = [.. Enumerable.Range(0, Samples).Select(i => -1 + 2.0 * i / (Samples - 1))];
        var noise = Draw.Normal<double>(key.For(Purpose.Data), Samples, deviation: 0.1);
        return new(
            new(Samples, 1, Vec<double>.Of(x)),
            new(Samples, 1, Vec<double>.Of(
                [.. x.Select((at, i) => Elementary.Of<Sin>(3 * at) + 0.5 * at + noise[i])])));
    }

    /// <summary>One input, so many tanh units, one output; without units, one layer.</summary>
    public static Architecture Shape(int units) =>
        units == 0 ? Architecture.Of(1, new Dense(1))
            : Architecture.Of(1, new Dense(units, Activation.Tanh), new Dense(1));

    /// <summary>The loss of a net.</summary>
    public static double At(Network<double> network, Samples<double> samples) =>
        Loss.Value(network.Predict(samples.Inputs), samples.Targets);

    /// <summary>How far the loss in the middle of two nets lies above the middle of their losses, relative to 1 + that:
    /// at most 0 where the loss is convex.</summary>
    public static double Excess(Network<double> one, Network<double> other, Samples<double> samples)
    {
        double mean = At(one, samples) / 2 + At(other, samples) / 2;
        return (At(new StraightLine<double>(one, other).At(0.5), samples) - mean) / (1 + mean);
    }

    /// <summary>A net that L-BFGS ends at.</summary>
    public static Network<double> Trained(int units, Samples<double> samples, Key key) =>
        LinearNets.Fitted(Shape(units), samples, key.For(Purpose.Init)).Network;

    /// <summary>A twin with another order and other signs, drawn; the net itself where it has no hidden
    /// units.</summary>
    public static Network<double> Twin(Network<double> network, Key key)
    {
        if (network.Architecture.Layers is not [Dense hidden, _]) return network;
        var order = Draw.Permutation(key.At(0), hidden.Units);
        var signs = Draw.Integers(key.At(1), hidden.Units, 2);
        var twin = Enumerable.Range(0, hidden.Units).Where(unit => signs[unit] == 1)
            .Aggregate(network, (at, unit) => at.WithSignTurned(1, unit));
        return twin.Permuted([order]);
    }

    /// <summary>Every order and every choice of signs: n! 2^n nets.</summary>
    public static IEnumerable<Network<double>> All(Network<double> network)
    {
        if (network.Architecture.Layers is not [Dense hidden, _]) return [network];
        return
            from order in Orders([.. Enumerable.Range(0, hidden.Units)])
            from signs in Enumerable.Range(0, 1 << hidden.Units)
            select Enumerable.Range(0, hidden.Units).Where(unit => (signs >> unit & 1) == 1)
                .Aggregate(network, (at, unit) => at.WithSignTurned(1, unit)).Permuted([Vec<int>.Of(order)]);
    }

    /// <summary>A strict minimum of a net 2-n-1, found by L-BFGS and a search from the teacher that made its 64
    /// samples, to which noise was added; null where none of twenty teachers has one.</summary>
    public static (CriticalPoint Point, Samples<double> Samples)? Minimum(int units, Key key)
    {
        Layer[] hidden = units == 0 ? [] : [new Dense(units, Activation.Tanh)];
        var architecture = Architecture.Of(2, [.. hidden, new Dense(1)]);
        for (uint attempt = 0; attempt < Teachers; attempt++)
        {
            var own = key.At(attempt);
            var teacher = LinearNets.Drawn(architecture, own.For(Purpose.Init));
            var inputs = new Matrix<double>(64, 2, Draw.Normal<double>(own.For(Purpose.Data).At(0), 128));
            var noise = Draw.Normal<double>(own.For(Purpose.Data).At(1), 64, deviation: 0.1);
            var samples = new Samples<double>(
                inputs, new(64, 1, Vec<double>.Of([.. teacher.Predict(inputs).Cells.Select((y, i) => y + noise[i])])));
            var end = LinearNets.Descent.Course(teacher, Loss, samples, threads: 1).Last().Network;
            if (end.CriticalPoint(Loss, samples) is SearchEnd.Found { Point: { IsStrictMinimum: true } point })
                return (point, samples);
        }
        return null;
    }

    /// <summary>Where L-BFGS ends from random weights that learns 64 samples of a teacher 2-2-1, without
    /// noise.</summary>
    /// <param name="hasHidden">Whether there is a hidden layer; one layer cannot be that teacher.</param>
    /// <param name="key">Teacher, inputs and start are drawn from it.</param>
    public static Ending Taught(bool hasHidden, Key key)
    {
        var architecture = Architecture.Of(2, new Dense(2, Activation.Tanh), new Dense(1));
        var teacher = LinearNets.Drawn(architecture, key.For(Purpose.Init).At(1));
        var inputs = new Matrix<double>(64, 2, Draw.Normal<double>(key.For(Purpose.Data), 128));
        var end = LinearNets.Fitted(
            hasHidden ? architecture : Architecture.Of(2, new Dense(1)), new(inputs, teacher.Predict(inputs)),
            key.For(Purpose.Init).At(2));
        if (!hasHidden) return new(end.Loss, double.NaN, 0);
        double size = new Gradient<double>(teacher.Parameters).Norm();
        var there = new Gradient<double>(end.Network.Parameters);
        var (distance, twin) = All(teacher).Index().Select(other =>
            ((there + -1.0 * new Gradient<double>(other.Item.Parameters)).Norm() / size, other.Index)).Min();
        return new(end.Loss, distance, twin);
    }

    /// <summary>Where a training ends that has a net for its teacher.</summary>
    /// <param name="Loss">Half the sum of squares.</param>
    /// <param name="Distance">From the nearest twin of the teacher, relative to the teacher's length.</param>
    /// <param name="Twin">Which of them.</param>
    public readonly record struct Ending(double Loss, double Distance, int Twin)
    {
        public double[] Numbers => [Loss, Distance, Twin];

        public bool Fits => Loss <= 1e-16;

        public bool IsTwin => Fits && Distance <= 1e-3;

        public static Ending Of(double[] numbers) => new(numbers[0], numbers[1], (int)numbers[2]);
    }

    private static IEnumerable<int[]> Orders(int[] units) => units.Length == 0
        ? [[]]
        : units.SelectMany(first =>
            Orders([.. units.Where(unit => unit != first)]).Select(rest => (int[])[first, .. rest]));
}
