using Functional.Core.Numbers;

namespace Functional.Core.Inspection;

/// <summary>Curves without their noise.</summary>
public static class Smoothing
{
    /// <summary>The mean of the numbers around each, as many before it as after it; fewer towards the ends. Numbers
    /// that are not finite are passed over, and stay where they stand.</summary>
    /// <param name="numbers">In their order.</param>
    /// <param name="reach">How many on either side; at least 0.</param>
    public static Items<double> Of(IReadOnlyList<double> numbers, int reach)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentOutOfRangeException.ThrowIfNegative(reach);
        return
        [
            .. numbers.Select((number, i) =>
            {
                int side = Math.Min(reach, Math.Min(i, numbers.Count - 1 - i));
                return double.IsFinite(number)
                    ? Average.Of([.. numbers.Skip(i - side).Take(2 * side + 1).Where(double.IsFinite)])
                    : number;
            }),
        ];
    }

    /// <summary>The reach that suits so many epochs: a thirtieth of them.</summary>
    public static int ReachFor(int epochs) => epochs / 30;
}
