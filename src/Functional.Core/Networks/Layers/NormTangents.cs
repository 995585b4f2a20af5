using System.Numerics;

namespace Functional.Core.Networks.Layers;

/// <summary>
/// How a normalisation moves: x^ = r (x - mean), r = 1 / deviation, over groups of numbers that share
/// their mean and variance (a feature's in batch norm, a sample's in layer norm). Sums are chains over a
/// group's members in their order.
/// </summary>
/// <param name="groups">How many groups.</param>
/// <param name="members">How many numbers each has.</param>
/// <param name="apart">From a group's first number to the next group's.</param>
/// <param name="step">From one number of a group to the next.</param>
/// <param name="isOwn">Whether mean and variance are those of the numbers themselves, and so move with them;
/// else they stand still.</param>
internal readonly struct NormTangents<T>(int groups, int members, int apart, int step, bool isOwn)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T share = isOwn ? T.One / T.CreateChecked(members) : T.Zero;

    /// <summary>How a normalising layer's output moves.</summary>
    public void Tangent(in Point<T> at, in PointTangent<T> along, in Into<T> into)
    {
        Normalize(at.Tape, along.Input, into.Tape);
        Normalized.AffineTangent(at, along.Parameters, into);
    }

    /// <summary>How what a normalising layer hands back moves.</summary>
    public void BackwardTangent(in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent)
    {
        Normalized.AffineBackwardTangent(at, along, adjoint, tangent);
        if (!adjoint.ToInput.IsEmpty) NormalizeBackward(at.Tape, along.Tape, adjoint, tangent);
    }

    /// <summary>dx^ = r (dx - mean(dx) - x^ mean(x^ dx)) and dr = -r^2 mean(x^ dx); both zero where the
    /// input stands still.</summary>
    private void Normalize(ReadOnlySpan<T> normalized, ReadOnlySpan<T> inputTangent, Span<T> into)
    {
        into.Clear();
        if (inputTangent.IsEmpty) return;
        int cells = groups * members;
        for (int group = 0; group < groups; group++)
        {
            T inverse = normalized[cells + group], mean = T.Zero, slope = T.Zero;
            for (int i = group * apart, left = members; left > 0; left--, i += step)
            {
                mean += inputTangent[i];
                slope += normalized[i] * inputTangent[i];
            }
            (mean, slope) = (mean * share, slope * share);
            for (int i = group * apart, left = members; left > 0; left--, i += step)
                into[i] = inverse * (inputTangent[i] - mean - normalized[i] * slope);
            into[cells + group] = -(inverse * inverse * slope);
        }
    }

    /// <summary>dLoss/dx = r (g - mean(g) - x^ mean(g x^)), where g = dLoss/dx^, and how it moves.</summary>
    private void NormalizeBackward(
        ReadOnlySpan<T> normalized, ReadOnlySpan<T> normalizedTangent, in Adjoint<T> adjoint, in Adjoint<T> tangent)
    {
        int cells = groups * members;
        ReadOnlySpan<T> g = adjoint.FromOutput, gTangent = tangent.FromOutput;
        for (int group = 0; group < groups; group++)
        {
            T mean = T.Zero, slope = T.Zero, meanTangent = T.Zero, slopeTangent = T.Zero;
            for (int i = group * apart, left = members; left > 0; left--, i += step)
            {
                mean += g[i];
                slope += g[i] * normalized[i];
                meanTangent += gTangent[i];
                slopeTangent += gTangent[i] * normalized[i] + g[i] * normalizedTangent[i];
            }
            (mean, slope, meanTangent, slopeTangent) =
                (mean * share, slope * share, meanTangent * share, slopeTangent * share);
            T inverse = normalized[cells + group], inverseTangent = normalizedTangent[cells + group];
            for (int i = group * apart, left = members; left > 0; left--, i += step)
            {
                T centred = g[i] - mean - normalized[i] * slope;
                adjoint.ToInput[i] = inverse * centred;
                tangent.ToInput[i] = inverseTangent * centred
                    + inverse
                        * (gTangent[i] - meanTangent - normalizedTangent[i] * slope - normalized[i] * slopeTangent);
            }
        }
    }
}
