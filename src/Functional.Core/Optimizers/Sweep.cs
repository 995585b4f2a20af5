using System.Numerics;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Optimizers;

/// <summary>
/// A step of an optimizer over flat memory: the direction goes through the rules, then the parameters move against it. Rules that look at each
/// parameter alone go over the memory together, a piece that fits the first cache at a time, and pieces are shared among threads.
/// </summary>
internal sealed class Sweep
{
    private readonly Run[] runs;

    /// <param name="optimizer">What is to be done in every step.</param>
    /// <param name="parameters">To how many parameters.</param>
    public Sweep(Optimizer optimizer, int parameters)
    {
        var found = new List<Run>();
        int memory = 0;
        foreach (var rule in optimizer.Meaning.Parts)
        {
            int own = rule.Memory(parameters);
            if (found.LastOrDefault() is { } last && last.IsElementwise && rule.IsElementwise) found[^1] = last with { Rule = last.Rule.Then(rule), Memory = last.Memory + own };
            else found.Add(new(rule, memory, own, rule.IsElementwise));
            memory += own;
        }
        if (found.LastOrDefault() is not { IsElementwise: true }) found.Add(new(Optimizer.Identity, memory, 0, true));
        runs = [.. found];
    }

    /// <summary>One step; false where a parameter stopped being finite.</summary>
    public bool Step<T>(Span<T> direction, Span<T> parameters, Span<T> memory, in StepInfo step, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var all = new Stretch<T>(direction, parameters, memory);
        bool isFinite = true;
        for (int i = 0; i < runs.Length; i++)
        {
            var at = all.With(runs[i].Start, runs[i].Memory);
            if (!runs[i].IsElementwise)
            {
                runs[i].Rule.Update(at, step);
                continue;
            }
            var pieces = new Pieces<T>(runs[i].Rule, at, i + 1 < runs.Length ? [] : parameters, step);
            Workers.Share(ref pieces, pieces.Parts, threads);
            isFinite = pieces.IsFinite;
        }
        return isFinite;
    }

    /// <summary>Rules that are done together, and where their memory begins.</summary>
    private sealed record Run(Optimizer Rule, int Start, int Memory, bool IsElementwise);

    /// <summary>Elementwise rules, piece by piece; then the parameters move, if they are given.</summary>
    private ref struct Pieces<T>(Optimizer rule, Stretch<T> all, Span<T> parameters, StepInfo step) : IParts where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int Piece = 2048;    // four streams of them fit the first cache
        private const int Share = 8 * Piece; // fewer are not worth another thread

        private readonly Stretch<T> all = all;
        private readonly Span<T> parameters = parameters;
        private readonly StepInfo step = step;
        private int broken;

        public readonly int Parts => (all.All + Share - 1) / Share;

        public readonly bool IsFinite => broken == 0;

        public void Run(int part, int parts)
        {
            int end = (int)((long)all.All * (part + 1) / parts);
            for (int start = (int)((long)all.All * part / parts); start < end; start += Piece)
            {
                var piece = all.Part(start, Math.Min(Piece, end - start));
                rule.Update(piece, step);
                if (parameters.IsEmpty) continue;
                var own = parameters.Slice(start, piece.Direction.Length);
                Elementwise.Zip(default(Subtract<T>), own, piece.Direction, own);
                if (!Reduce.AllFinite<T>(own)) Volatile.Write(ref broken, 1);
            }
        }
    }
}
