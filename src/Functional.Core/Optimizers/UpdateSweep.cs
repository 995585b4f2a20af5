using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Optimizers;

/// <summary>
/// A step of an optimizer over flat memory: the direction goes through the rules, then the parameters move against
/// it. Rules that look at each parameter alone go over the memory together, a piece that fits the first cache at a
/// time, and pieces are shared among threads. </summary>
internal sealed class UpdateSweep
{
    private readonly Run[] runs;
    private readonly Optimizer? last;
    private readonly int[] borders;

    /// <param name="optimizer">What is to be done in every step.</param>
    /// <param name="parameters">To how many parameters.</param>
    /// <param name="layout">What they are, if it is known: each thread then takes its share of every matrix, of
    /// whose gradient it has mostly written the same rows.</param>
    public UpdateSweep(Optimizer optimizer, int parameters, IEnumerable<Slice>? layout = null)
    {
        borders = [.. Borders(parameters, layout ?? [])];
        var found = new List<Run>();
        int memory = 0;
        var rules = optimizer.Expanded.Parts;
        // Done while the parameters move.
        if (rules.Count > 0 && rules[^1].Factor(default) is not null) last = rules[^1];
        foreach (var rule in rules.Take(rules.Count - (last is null ? 0 : 1)))
        {
            int own = rule.Memory(parameters);
            if (found.LastOrDefault() is { IsElementwise: true } before && rule.IsElementwise)
                found[^1] = before with { Rule = before.Rule.Then(rule), Memory = before.Memory + own };
            else found.Add(new(rule, memory, own, rule.IsElementwise));
            memory += own;
        }
        if (found.LastOrDefault() is not { IsElementwise: true }) found.Add(new(Optimizer.Identity, memory, 0, true));
        runs = [.. found];
    }

    /// <summary>One step; false where a parameter stopped being finite.</summary>
    public bool Step<T>(Span<T> direction, Span<T> parameters, Span<T> memory, in StepInfo step, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var all = new Stretch<T>(direction, parameters, memory);
        foreach (var run in runs.AsSpan()[..^1])
        {
            var at = all.With(run.Start, run.Memory);
            if (run.IsElementwise) Elementwise(run.Rule, at, [], default, step, threads);
            else run.Rule.Update(at, step);
        }
        var end = runs[^1];
        T factor = last is null ? T.One : T.CreateTruncating(last.Factor(step)!.Value);
        return Elementwise(end.Rule, all.With(end.Start, end.Memory), parameters, factor, step, threads);
    }

    // Where matrices begin, each with what follows it up to the next; and the end.
    private static IEnumerable<int> Borders(int parameters, IEnumerable<Slice> layout)
    {
        int start = 0;
        yield return 0;
        foreach (var slice in layout)
        {
            if (start > 0 && slice.Shape.Count == 2) yield return start;
            start += slice.Length;
        }
        yield return parameters;
    }

    private bool Elementwise<T>(
        Optimizer rule, in Stretch<T> at, Span<T> parameters, T factor, in StepInfo step, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pieces = new Pieces<T>(rule, at, parameters, factor, step, borders);
        Workers.Share(ref pieces, pieces.Parts(threads), threads);
        return pieces.IsFinite;
    }

    /// <summary>Rules that are done together, and where their memory begins.</summary>
    private sealed record Run(Optimizer Rule, int Start, int Memory, bool IsElementwise);

    /// <summary>Elementwise rules, piece by piece; then the parameters move, if they are given.</summary>
    private ref struct Pieces<T>(
        Optimizer rule, Stretch<T> all, Span<T> parameters, T factor, StepInfo step, int[] borders)
        : IParts where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int Piece = 2048;      // four streams of them fit the first cache
        private const int Share = 4 * Piece; // fewer are not worth another thread
        private const int PartsPerThread = 4;
        private const int Border = 64;       // parts begin at cache lines of their own

        private readonly Stretch<T> all = all;
        private readonly Span<T> parameters = parameters;
        private readonly StepInfo step = step;
        private int broken;

        // As many for each thread, so that all meet the memories of the last step again.
        public readonly int Parts(int threads)
        {
            int parts = (int)Math.Min((all.All + Share - 1) / Share, PartsPerThread * (long)threads);
            return parts > threads ? parts - parts % threads : parts;
        }

        public readonly bool IsFinite => broken == 0;

        public void Run(int part, int parts)
        {
            if (parts == 1) Between(0, all.All);
            else
                for (int matrix = 0; matrix + 1 < borders.Length; matrix++)
                    Between(Begin(matrix, part, parts), Begin(matrix, part + 1, parts));
        }

        private void Between(int start, int end)
        {
            for (; start < end; start += Piece)
            {
                var piece = all.Part(start, Math.Min(Piece, end - start));
                if (parameters.IsEmpty) rule.Update(piece, step);
                else if (!rule.Move(piece, step, factor, parameters.Slice(start, piece.Direction.Length)))
                    Volatile.Write(ref broken, 1);
            }
        }

        private readonly int Begin(int matrix, int part, int parts)
        {
            int first = borders[matrix], end = borders[matrix + 1];
            return part == parts
                ? end
                : Math.Max(first, (int)(first + (long)(end - first) * part / parts) / Border * Border);
        }
    }
}
