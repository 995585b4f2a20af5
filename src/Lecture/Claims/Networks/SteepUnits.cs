using Functional.Core.Networks;
using Functional.Core.Numbers;

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
}
