using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>a + b modulo p by a net that is given the circle on which the numbers lie, and has to find out how to turn
/// on it: the two numbers' points are added, go through a few ReLU neurons to a point again, and that is compared with
/// the points of all p answers. No biases; the points are fixed. (Pearce et al., 2023)</summary>
/// <param name="Modulus">p.</param>
/// <param name="Neurons">Hidden neurons.</param>
internal sealed record CircleSum(int Modulus, int Neurons)
{
    private const double TwoPi = 6.283185307179586;

    /// <summary>2 inputs, the neurons, a point, and its product with each answer's point.</summary>
    public Architecture Architecture => Architecture.Of(
        2, new Dense(Neurons, Activation.Relu, Bias: false), new Dense(2, Activation.Identity, Bias: false),
        new Dense(Modulus, Activation.Identity, Bias: false));

    /// <summary>How many weights are learned: two into each neuron and two out of it.</summary>
    public int Learned => 4 * Neurons;

    /// <summary>The parameters that move: all but the points.</summary>
    public Items<bool> Moves =>
        [.. Enumerable.Range(0, Learned + 2 * Modulus).Select(parameter => parameter < Learned)];

    /// <summary>Every number at its own place of the circle.</summary>
    public Items<int> InOrder => [.. Enumerable.Range(0, Modulus)];

    /// <summary>Every pair a &lt;= b as the sum of its points, with the number of its answer.</summary>
    /// <param name="places">Where on the circle each number lies.</param>
    public Samples<float> Pairs(Items<int> places)
    {
        int p = Modulus, row = 0, count = p * (p + 1) / 2;
        double[] points = Points(places);
        float[] inputs = new float[2 * count], targets = new float[count];
        for (int a = 0; a < p; a++)
            for (int b = a; b < p; b++, row++)
            {
                inputs[2 * row] = (float)(points[a] + points[b]);
                inputs[2 * row + 1] = (float)(points[p + a] + points[p + b]);
                targets[row] = (a + b) % p;
            }
        return new(new(count, 2, Vec<float>.Freeze(inputs)), new(count, 1, Vec<float>.Freeze(targets)));
    }

    /// <summary>The net before training: drawn weights, and the points where they belong.</summary>
    public Network<float> Drawn(Key key, Items<int> places)
    {
        var drawn = Network<float>.Init(Architecture, new Initializer.LecunNormal(), key);
        return drawn.With(
            [.. drawn.Parameters.ToArray()[..Learned], .. Points(places).Select(point => (float)point)]);
    }

    /// <summary>
    /// The net with nothing learned: into the neurons a regular polygon, out of them the same with every angle doubled,
    /// which for five neurons is the pentagram. However it is turned.
    /// </summary>
    /// <param name="x">Where the first neuron points: the cosine of its angle.</param>
    /// <param name="y">The sine of its angle.</param>
    /// <remarks>
    /// The points of a and b add up to one in the direction of (a + b) / 2, or opposite to it. Its angle phi is to be
    /// doubled. With five neurons the result lies at arctan(sqrt(5) tan phi) where |phi| is at most 18 degrees, and
    /// alike about every neuron and opposite to it: nowhere further from 2 phi than 0.0266.
    /// </remarks>
    public Network<double> Star(double x = 1, double y = 0)
    {
        var into = Polygon(1, x, y).ToArray();
        return new(
            Architecture,
            [
                .. into.Select(point => point.X), .. into.Select(point => point.Y),
                .. Polygon(2, x * x - y * y, 2 * x * y).SelectMany(point => (double[])[point.X, point.Y]),
                .. Points(InOrder),
            ]);
    }

    /// <summary>The mean cosine between the direction of a neuron's output weights and twice that of its input weights,
    /// by their lengths: 1 where every neuron doubles its angle.</summary>
    /// <param name="learned">A net's learned weights.</param>
    public double Doubling(ReadOnlySpan<double> learned)
    {
        double along = 0, all = 0;
        for (int unit = 0; unit < Neurons; unit++)
        {
            double x = learned[unit], y = learned[Neurons + unit], u = learned[2 * Neurons + 2 * unit],
                v = learned[2 * Neurons + 2 * unit + 1], length = Math.Sqrt(x * x + y * y);
            if (length == 0) continue;
            along += (u * (x * x - y * y) + v * 2 * x * y) / length;
            all += Math.Sqrt(u * u + v * v) * length;
        }
        return along / all;
    }

    private IEnumerable<(double X, double Y)> Polygon(int times, double x, double y) => Enumerable.Range(0, Neurons)
        .Select(unit => TwoPi * (times * unit % Neurons) / Neurons)
        .Select(angle => (Cos: Elementary.Of<Cos>(angle), Sin: Elementary.Of<Sin>(angle)))
        .Select(turn => (x * turn.Cos - y * turn.Sin, y * turn.Cos + x * turn.Sin));

    // First all cosines, then all sines, each of length 1.
    private double[] Points(Items<int> places)
    {
        double length = Math.Sqrt(2.0 / Modulus);
        double[] angles = [.. places.Select(place => TwoPi * place / Modulus)];
        return
        [
            .. angles.Select(angle => length * Elementary.Of<Cos>(angle)),
            .. angles.Select(angle => length * Elementary.Of<Sin>(angle)),
        ];
    }
}
