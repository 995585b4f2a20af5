using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>a + b modulo p, for all pairs, and the net that Gromov (2023) solves it with: two one-hot inputs, a hidden
/// layer of squares, p outputs, no biases.</summary>
/// <param name="Modulus">p, odd.</param>
/// <param name="Width">Hidden units.</param>
internal sealed record ModularSum(int Modulus, int Width)
{
    private const double TwoPi = 6.283185307179586;
    private const int Phases = 3;

    /// <summary>The net.</summary>
    public Architecture Architecture => Architecture.Of(
        2 * Modulus, new Dense(Width, new Square(), Bias: false),
        new Dense(Modulus, Activation.Identity, Bias: false));

    /// <summary>How many hidden units <see cref="Solution"/> has.</summary>
    public static int Needed(int modulus) => Phases * Phases * (modulus / 2);

    /// <summary>Every pair as a row of two ones among zeros, with the sum as a row of one.</summary>
    public Samples<float> All()
    {
        int p = Modulus;
        float[] inputs = new float[p * p * 2 * p], targets = new float[p * p * p];
        for (int row = 0; row < p * p; row++)
        {
            inputs[row * 2 * p + row / p] = inputs[row * 2 * p + p + row % p] = 1;
            targets[row * p + (row / p + row % p) % p] = 1;
        }
        return new(new(p * p, 2 * p, Vec<float>.Freeze(inputs)), new(p * p, p, Vec<float>.Freeze(targets)));
    }

    /// <summary>The same pairs with sums that are drawn anew.</summary>
    public Samples<float> Random(Key key)
    {
        var (all, sums) = (All(), Draw.Integers(key, Modulus * Modulus, Modulus));
        var targets = new float[all.Targets.Cells.Length];
        for (int row = 0; row < sums.Length; row++) targets[row * Modulus + sums[row]] = 1;
        return all with { Targets = new(sums.Length, Modulus, Vec<float>.Freeze(targets)) };
    }

    /// <summary>
    /// Weights that compute the sum, with nothing learned: for each wave 2 pi s / p and phases u, v out of three, a
    /// unit
    /// (cos(w a + u) + cos(w b + v))², read out by cos(w c + u + v). Over the phases all terms cancel but
    /// cos(w (a + b - c)), and over the waves that is largest where c = a + b mod p.
    /// </summary>
    /// <remarks>Gromov draws the phases, so that the terms cancel but for noise; on a grid they cancel
    /// altogether.</remarks>
    public static Network<double> Solution(int modulus)
    {
        var sum = new ModularSum(modulus, Needed(modulus));
        int width = sum.Width;
        double[] first = new double[2 * modulus * width], second = new double[width * modulus];
        for (int unit = 0; unit < width; unit++)
        {
            int wave = 1 + unit / (Phases * Phases), u = unit % Phases, v = unit / Phases % Phases;
            for (int number = 0; number < modulus; number++)
            {
                first[number * width + unit] = Cosine(wave * number, u);
                first[(modulus + number) * width + unit] = Cosine(wave * number, v);
                second[unit * modulus + number] = Cosine(wave * number, u + v);
            }
        }
        return new(sum.Architecture, [.. first, .. second]);

        double Cosine(int turns, int phase) => Elementary.Of<Cos>(
            TwoPi * (turns % modulus) / modulus + TwoPi * (phase % Phases) / Phases);
    }

    /// <summary>The share of rows whose largest output is where the target is 1.</summary>
    public static double Accuracy(Matrix<float> outputs, Matrix<float> targets)
    {
        int right = 0;
        for (int row = 0; row < outputs.Rows; row++)
            if (targets.Row(row)[Answers.Of(outputs.Row(row))] == 1) right++;
        return (double)right / outputs.Rows;
    }
}
