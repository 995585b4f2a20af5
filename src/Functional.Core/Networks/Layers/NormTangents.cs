using System.Numerics;

namespace Functional.Core.Networks.Layers;

/// <summary>
/// How a normalisation moves: x^ = r (x - mean), r = 1 / deviation, over groups of numbers that share their mean and variance (a feature's in
/// batch norm, a sample's in layer norm). Sums are chains over a group's members in their order.
/// </summary>
/// <param name="groups">How many groups.</param>
/// <param name="members">How many numbers each has.</param>
/// <param name="apart">From a group's first number to the next group's.</param>
/// <param name="step">From one number of a group to the next.</param>
/// <param name="isOwn">Whether mean and variance are those of the numbers themselves, and so move with them; else they stand still.</param>
internal readonly struct NormTangents<T>(int groups, int members, int apart, int step, bool isOwn) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T share = isOwn ? T.One / T.CreateChecked(members) : T.Zero;

    /// <summary>How a normalising layer's output moves.</summary>
    public void Tangent(in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept)
    {
        Tangent(at, input, kept);
        Normalized.AffineTangent(at.Tape[..output.Length], at.Parameters, kept[..output.Length], parameters, output);
    }

    /// <summary>How what a normalising layer hands back moves.</summary>
    public void Second(
        in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput, Span<T> toInput, Span<T> bentInput, Span<T> bentGradient)
    {
        Normalized.AffineSecond(at, moving, fromOutput, bentOutput, bentGradient);
        if (!toInput.IsEmpty) Second(at, moving.Tape, fromOutput, bentOutput, toInput, bentInput);
    }

    /// <summary>dx^ = r (dx - mean(dx) - x^ mean(x^ dx)) and dr = -r^2 mean(x^ dx); both zero where the input stands still.</summary>
    private void Tangent(in Point<T> at, ReadOnlySpan<T> input, Span<T> kept)
    {
        kept.Clear();
        if (input.IsEmpty) return;
        int cells = groups * members;
        var normalized = at.Tape;
        for (int group = 0; group < groups; group++)
        {
            T inverse = normalized[cells + group], mean = T.Zero, slope = T.Zero;
            for (int i = group * apart, left = members; left > 0; left--, i += step)
            {
                mean += input[i];
                slope += normalized[i] * input[i];
            }
            (mean, slope) = (mean * share, slope * share);
            for (int i = group * apart, left = members; left > 0; left--, i += step) kept[i] = inverse * (input[i] - mean - normalized[i] * slope);
            kept[cells + group] = -(inverse * inverse * slope);
        }
    }

    /// <summary>dLoss/dx = r (g - mean(g) - x^ mean(g x^)), where g = dLoss/dx^, and how it moves.</summary>
    private void Second(in Point<T> at, ReadOnlySpan<T> kept, ReadOnlySpan<T> g, ReadOnlySpan<T> bent, Span<T> toInput, Span<T> bentInput)
    {
        int cells = groups * members;
        var normalized = at.Tape;
        for (int group = 0; group < groups; group++)
        {
            T mean = T.Zero, slope = T.Zero, bentMean = T.Zero, bentSlope = T.Zero;
            for (int i = group * apart, left = members; left > 0; left--, i += step)
            {
                mean += g[i];
                slope += g[i] * normalized[i];
                bentMean += bent[i];
                bentSlope += bent[i] * normalized[i] + g[i] * kept[i];
            }
            (mean, slope, bentMean, bentSlope) = (mean * share, slope * share, bentMean * share, bentSlope * share);
            T inverse = normalized[cells + group], bentInverse = kept[cells + group];
            for (int i = group * apart, left = members; left > 0; left--, i += step)
            {
                T centred = g[i] - mean - normalized[i] * slope;
                toInput[i] = inverse * centred;
                bentInput[i] = bentInverse * centred + inverse * (bent[i] - bentMean - kept[i] * slope - normalized[i] * bentSlope);
            }
        }
    }
}
