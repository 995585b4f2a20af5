using System.Numerics;
using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;
using Run = Properties.Generators.Run;

namespace Properties.Ensembles;

/// <summary>A member of an ensemble has the bits of its lone run.</summary>
public sealed class EnsembleProperties
{
    private static readonly Gen<int> Sizes = Gen.Frequency((6, Gen.OneOf(1, 2, 15, 16, 17, 33)), (1, Gen.Const(100)));

    [Fact]
    public void Each_member_is_its_lone_run() => Gen.Select(Any.Run, Sizes, Gen.Bool, Gen.Int[1, 3]).Sample(
        (run, size, isAlike, threads) => AreLone(Members(run, size, isAlike), threads), iter: 200);

    [Fact]
    public void In_float_as_in_double() => Gen.Select(Any.Run, Sizes, Gen.Bool).Sample((run, size, isAlike) =>
        AreLone([.. Members(run, size, isAlike).Select(member => member.To<float>())], 2), iter: 200);

    private static bool AreLone<T>(Trial<T>[] members, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ensemble = new Ensemble<T>(
            [.. members.Select(member => member.Learner)], [.. members.Select(member => member.Start)]);
        var folded = ensemble.Fold(member => members[member].Batches, LaneChoice.Always, threads);
        for (int i = 0; i < members.Length; i++)
        {
            var alone = members[i].Learner.Fold(members[i].Start, members[i].Batches, threads: 1);
            Assert.Equal(alone.Outcome, folded[i].Outcome);
            Assert.Equal(alone, folded[i]);
        }
        return true;
    }

    /// <summary>Members of one shape that differ in all that may differ: key, parameters, the numbers of optimizer and
    /// penalty, dropout, rows, the number of batches; one of them diverges. Or all have the same numbers.</summary>
    private static Trial<double>[] Members(Run run, int size, bool isAlike) =>
    [
        .. Enumerable.Range(0, size).Select(member =>
        {
            double share = isAlike ? 0 : member / (double)size;
            var key = run.Learner.Key.At((uint)member);
            var network = run.Start.Network;
            var architecture = Nudged.Dropping(network.Architecture, 1 - share);
            var noise = Draw.Normal<double>(key, network.Parameters.Length, 0, member == 3 ? 1e160 : 0.3);
            var learner = run.Learner with
            {
                Key = key,
                Optimizer = (member % 7) switch
                {
                    5 => new Nesterov(0.5),
                    6 => new Momentum(0.5),
                    _ => Nudged.Of(run.Learner.Optimizer, share),
                },
                Penalty = member % 4 == 3 || run.Learner.Penalty is not { } penalty ? null : Nudged.Of(penalty, share),
                Schedule = member % 5 == 4 ? null : run.Learner.Schedule,
            };
            var start = new Network<double>(
                architecture,
                Vec<double>.Of([.. Enumerable.Range(0, noise.Length).Select(i => network.Parameters[i] + noise[i])]),
                network.Running);
            var own = run.Batches.Length == 0 ? [] : Own(run, key, isAlike ? 0 : member);
            return new Trial<double>(learner, learner.Begin(start), own);
        })
    ];

    // Those of the run; some of other sizes, some with weights now and then, some with cells at the ends of the
    // numbers.
    private static Batch<double>[] Own(Run run, Key key, int member)
    {
        var samples = run.Batches[0].Samples;
        if (member % 6 == 5) samples = samples with { Inputs = Odd(samples.Inputs, key) };
        int rows = samples.Inputs.Rows;
        var weights = Vec<double>.Of([.. Enumerable.Range(0, rows).Select(row => (member + row) % 3 * 0.75)]);
        return [.. Batches.From(samples, run.Batches[0].Count + member % 4 % 3, key)
            .Take(run.Batches.Length + member % 3)
            .Select((batch, i) => (member, i % 2) is (> 0, 1) && member % 3 == 1
                ? batch with { Samples = samples with { Weights = samples.Weights is null ? weights : null } }
                : batch)];
    }

    private static Matrix<double> Odd(Matrix<double> inputs, Key key)
    {
        double[] ends = [-0.0, double.Epsilon, -1e-310, 1e200, double.MaxValue, double.PositiveInfinity, double.NaN];
        var chosen = Draw.Uniform<double>(key, inputs.Cells.Length, 0, 40);
        return new(inputs.Rows, inputs.Columns, Vec<double>.Of(
            [.. inputs.Cells.Span.ToArray().Select((x, i) => (int)chosen[i] < 7 ? ends[(int)chosen[i]] : x)]));
    }

    private sealed record Trial<T>(Learner Learner, TrainState<T> Start, Batch<T>[] Batches)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Trial<U> To<U>() where U : unmanaged, IBinaryFloatingPointIeee754<U> => new(
            Learner, Learner.Begin(Start.Network.To<U>()),
            [
                .. Batches.Select(batch => new Batch<U>(
                    new(
                        batch.Samples.Inputs.To<U>(), batch.Samples.Targets.To<U>(),
                        batch.Samples.Weights is { } weights
                            ? new Matrix<T>(1, weights.Length, weights).To<U>().Cells : null),
                    batch.Order, batch.Start, batch.Count))
            ]);
    }
}
