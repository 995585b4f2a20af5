using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;

namespace Functional.Lecture;

/// <summary>One hidden layer that approximates a sum of ridges without any training: along each direction a staircase
/// of sigmoids, so steep that they are steps. (After Cybenko, 1989, and Hornik et al., 1989)</summary>
internal static class SteepUnits
{
    // Times the width of a stair: a sigmoid has gone from 0 to 1, but for e^-10, within half a stair.
    private const double Steepness = 40;

    /// <summary>The net, of so many units a ridge.</summary>
    public static Network<double> Of(RidgeSum function, int inputs, int stairs)
    {
        int units = function.Ridges.Length * stairs;
        var (weights, biases, heights) = (new double[inputs * units], new double[units], new double[units]);
        double constant = function.Constant;
        foreach (var (k, ridge) in function.Ridges.Index())
        {
            double width = 2 * ridge.Reach / stairs, left = ridge.Offset - ridge.Reach, steep = Steepness / width;
            double Middle(int stair) => ridge.Of(left + (stair + 0.5) * width);
            constant += Middle(0);
            // The first stair is the constant; unit 0 of a ridge has nothing to do.
            for (int stair = 1; stair < stairs; stair++)
            {
                int unit = k * stairs + stair;
                for (int i = 0; i < inputs; i++) weights[i * units + unit] = steep * ridge.Direction[i];
                biases[unit] = steep * (ridge.Offset - left - stair * width);
                heights[unit] = Middle(stair) - Middle(stair - 1);
            }
        }
        return new(
            Architecture.Of(inputs, new Dense(units, Activation.Sigmoid), new Dense(1)),
            Vec<double>.Of([.. weights, .. biases, .. heights, constant]));
    }

    /// <summary>What its error is nowhere above: the sum of each ridge's steepness times the width of its
    /// stairs.</summary>
    public static double Bound(RidgeSum function, int stairs) =>
        function.Ridges.Sum(ridge => ridge.Lipschitz * 2 * ridge.Reach / stairs);

    /// <summary>The largest mean squared error of n steps on a wave C/w cos(w t), C = 1, t from -1 to 1, over the
    /// waves of whole numbers of half turns: Barron's class in one direction, and so in any number of
    /// dimensions.</summary>
    public static double WorstWave(int units) => Enumerable.Range(1, 4 * units).Max(turns =>
    {
        const int Points = 2000;
        double w = Pi * turns, sum = 0;
        for (int i = 0; i < Points; i++)
        {
            double t = -1 + (2 * i + 1.0) / Points;
            double middle = -1 + (2 * (int)((t + 1) / 2 * units) + 1.0) / units;
            double error = (Elementary.Of<Cos>(w * t) - Elementary.Of<Cos>(w * middle)) / w;
            sum += error * error;
        }
        // Where the stairs are too wide to follow, the constant 0 is nearer.
        return Math.Min(sum / Points, 0.5 / (w * w));
    });

    /// <summary>The same of the fixed basis of all products of harmonics up to m half turns in each of d dimensions:
    /// the wave of m + 1 half turns is orthogonal to all of them, and no fixed basis is of a better order. (Barron,
    /// 1993)</summary>
    public static (double Functions, double Error) FixedBasis(int most, int dimensions) =>
        (Elementary.Power(2 * most + 1, dimensions), 0.5 / (Pi * (most + 1) * (Pi * (most + 1))));

    private const double Pi = 3.141592653589793;
}
