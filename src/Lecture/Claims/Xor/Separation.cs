namespace Functional.Lecture;

/// <summary>
/// Whether one unit computes a gate, with a proof either way: weights that do, or multipliers that show that none can.
/// All in whole numbers, so that whoever doubts it can add up by hand.
/// </summary>
/// <param name="Weights">Weights and, last, the bias of a unit whose sum is positive where the gate is 1 and negative
/// where it is 0; null where there is none.</param>
/// <param name="Multipliers">Numbers of at least 0, one a corner and not all 0: the inequalities times these add up to
/// 0 &gt; 0. Null where there are weights. (Farkas' lemma; Gordan, 1873)</param>
internal sealed record Separation(Items<int>? Weights, Items<int>? Multipliers)
{
    private const int MostRounds = 1000;

    /// <summary>Finds the proof.</summary>
    /// <param name="inputs">What the unit sees at each corner, without the 1 that the bias is weighed by.</param>
    /// <param name="gate">The gate.</param>
    /// <remarks>Weights come from the perceptron's rule, which finds some where there are any (Novikoff, 1962);
    /// multipliers from all of 0 to 2 for each corner: four points in a plane whose two kinds cannot be parted have two
    /// lines that cross (Radon, 1921).</remarks>
    public static Separation Of(int[][] inputs, Gate gate)
    {
        int[][] signed = [.. inputs.Select((row, corner) =>
            ((int[])[.. row, 1]).Select(cell => gate.At(corner) == 1 ? cell : -cell).ToArray())];
        int[] weights = new int[signed[0].Length];
        for (int round = 0; round < MostRounds; round++)
        {
            if (signed.FirstOrDefault(row => Sum(row, weights) <= 0) is not { } wrong) return new([.. weights], null);
            for (int i = 0; i < weights.Length; i++) weights[i] += wrong[i];
        }
        var proof = Enumerable.Range(1, 80)
            .Select(number => (int[])[number % 3, number / 3 % 3, number / 9 % 3, number / 27])
            .First(multipliers => Enumerable.Range(0, weights.Length).All(column =>
                signed.Select((row, corner) => multipliers[corner] * row[column]).Sum() == 0));
        return new(null, [.. proof]);
    }

    private static int Sum(int[] row, int[] weights) => row.Zip(weights, (cell, weight) => cell * weight).Sum();
}
