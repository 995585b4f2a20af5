using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;
using Functional.Core.Passes;

namespace Functional.Core.Ensembles;

/// <summary>
/// Networks of one architecture whose answers are averaged: probabilities where outputs mean such, else the outputs
/// themselves, in the targets' own unit. In double: each mean is one chain of additions from the first network to the
/// last, divided by their number at the end, so that another order may change a last bit. (Perrone and Cooper, 1993)
/// </summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Networks">At least one; all of one architecture.</param>
/// <param name="Problem">What they predict.</param>
/// <param name="Loss">What they learned from.</param>
/// <param name="TargetScaling">What targets went through, if anything.</param>
public sealed record Committee<T>(Items<Network<T>> Networks, Problem Problem, Loss Loss, Scaling? TargetScaling)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double LeastProbability = 2.2250738585072014e-308, // 2^-1022
        MostProbability = 1 - 1.0 / (1L << 53); // the double below 1

    /// <summary>Whether the means are of probabilities.</summary>
    public bool IsOfProbabilities => Meant is not null;

    /// <summary>The mean from which on a single output means class 1, or a label holds.</summary>
    public double Threshold => IsOfProbabilities ? 0.5 : Loss.Threshold;

    /// <summary>The means for samples as the networks take them: samples x outputs.</summary>
    /// <param name="inputs">Encoded.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public Matrix<double> Predict(Matrix<T> inputs, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        int outputs = Networks[0].Architecture.Outputs;
        var sums = new double[inputs.Rows * outputs];
        var answer = new double[outputs];
        foreach (var network in Networks)
        {
            var raw = network.Predict(inputs, threads);
            for (int row = 0; row < raw.Rows; row++)
            {
                Answer(raw.Row(row), answer);
                Add(answer, sums.AsSpan(row * outputs, outputs));
            }
        }
        Divide(sums);
        return new(inputs.Rows, outputs, Vec<double>.Freeze(sums));
    }

    /// <summary>The means for one sample, without allocating.</summary>
    public void Predict(ReadOnlySpan<T> inputs, Span<double> into)
    {
        var (raw, answer) = (ThreadCache<T>.Take(into.Length), ThreadCache<double>.Take(into.Length));
        into.Clear();
        for (int member = 0; member < Networks.Count; member++)
        {
            Networks[member].Predict(inputs, raw.Span[..into.Length]);
            Answer(raw.Span[..into.Length], answer.Span[..into.Length]);
            Add(answer.Span[..into.Length], into);
        }
        Divide(into);
        ThreadCache<double>.Return(answer);
        ThreadCache<T>.Return(raw);
    }

    /// <summary>How good the means are on samples. The loss is that of the outputs which would mean them: of
    /// probabilities the logits, ln p or ln p - ln(1 - p), with p from 2^-1022 to 1 - 2^-53. Of one network, all of it
    /// is the network's own.</summary>
    /// <param name="data">Encoded.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="threshold">The least probability of the second of two classes that counts as it.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every other one is worked out, too.</param>
    public Evaluation Evaluate(
        Dataset<T> data, int threads = 0, double? threshold = null, bool withThresholds = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Networks is [var only])
            return Evaluation.Of(only, data, Loss, threads, TargetScaling, threshold, withThresholds);
        data = data.WithPositiveWeights();
        var means = Predict(data.Inputs, threads);
        var wide = data.To<double>();
        double loss = data.Rows == 0
            ? double.NaN
            : Loss.Value(Outputs(means), wide.For(Loss).Targets, wide.Weights, threads);
        if (Problem is Problem.Regression && TargetScaling is { } scaling)
            wide = wide.WithTargets(scaling.Undo(wide.Targets));
        return Evaluation.Of(
            wide, means, loss, IsOfProbabilities ? Same : null, Threshold, threads, null, threshold, withThresholds);
    }

    /// <summary>Mean probabilities are probabilities.</summary>
    internal static Action<ReadOnlySpan<double>, Span<double>> Same { get; } = (row, into) => row.CopyTo(into);

    private Action<ReadOnlySpan<double>, Span<double>>? Meant =>
        Problem is Problem.Regression ? null : Evaluation.Probabilities(Networks[0].Architecture, Loss);

    // What one network says: probabilities, or numbers in the targets' own unit.
    private void Answer(ReadOnlySpan<T> raw, Span<double> into)
    {
        Widening.Of(raw, into);
        if (Meant is { } meant) meant(into, into);
        else TargetScaling?.Undo(into);
    }

    private static void Add(ReadOnlySpan<double> answer, Span<double> sums)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += answer[i];
    }

    private void Divide(Span<double> sums)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] /= Networks.Count;
    }

    // The outputs of a network that would say the means.
    private Matrix<double> Outputs(Matrix<double> means) =>
        !IsOfProbabilities ? TargetScaling?.Apply<double>(means) ?? means
        : Loss.Probabilities is null || Loss is BinaryCrossEntropy ? means
        : new(means.Rows, means.Columns, Vec<double>.Of([.. means.Cells.Span.ToArray().Select(Logit)]));

    private double Logit(double probability)
    {
        double p = Math.Clamp(probability, LeastProbability, MostProbability);
        return Loss.IsAcrossOutputs ? Elementary.Of<Log>(p) : Elementary.Of<Log>(p) - Elementary.Of<Log1p>(-p);
    }
}
