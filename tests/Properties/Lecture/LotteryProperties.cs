using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>Pruning by size, and training what is left. (Frankle and Carbin, 2019)</summary>
public sealed class LotteryProperties
{
    private static readonly Gen<Network<float>> AnyNet = Gen.Select(
        Gen.ULong, Gen.Int[1, 8], Gen.Int[1, 8], (seed, inputs, units) => Network<float>.Init(
            Architecture.Of(inputs, new Dense(units, Activation.Tanh), new Dense(3)), new Initializer.GlorotNormal(),
            Key.FromSeed(seed)));

    private static readonly Gen<bool[]> Rounds = Gen.Bool.Array[1, 5];

    [Fact]
    public void What_was_pruned_stays_zero_through_any_training() =>
        Gen.Select(AnyNet, Gen.Double[0.1, 0.8], Gen.ULong).Sample((net, share, seed) =>
        {
            bool[] keeps = Pruning.Round(Pruning.All(net.Architecture), net, share);
            var trained = Trained(Pruning.Applied(net, keeps), keeps, seed);
            return trained.Parameters.ToArray().Zip(keeps, (cell, isKept) => isKept || cell == 0).All(isSo => isSo);
        });

    [Fact]
    public void A_mask_of_everything_changes_no_bit() => Gen.Select(AnyNet, Gen.ULong).Sample((net, seed) =>
        Trained(net, Pruning.All(net.Architecture), seed) == Trained(net, null, seed));

    [Fact]
    public void Of_each_layer_what_goes_is_smaller_than_what_stays_and_biases_stay() =>
        Gen.Select(AnyNet, Gen.Double[0.1, 0.8]).Sample((net, share) =>
        {
            bool[] keeps = Pruning.Round(Pruning.All(net.Architecture), net, share);
            int first = 0;
            return net.Architecture.Layout.Select(slice =>
            {
                var cells = Enumerable.Range(first, slice.Shape.Aggregate(1, (count, side) => count * side)).ToArray();
                first += cells.Length;
                float[] gone = Sizes(cells.Where(cell => !keeps[cell])),
                    kept = Sizes(cells.Where(cell => keeps[cell]));
                return slice.Shape.Count == 1 ? gone.Length == 0 : gone.Length == 0 || gone.Max() <= kept.Min();
            }).ToArray().All(isSo => isSo);

            float[] Sizes(IEnumerable<int> cells) => [.. cells.Select(cell => Math.Abs(net.Parameters[cell]))];
        });

    [Fact]
    public void Rounds_take_away_and_never_give_back() => Gen.Select(AnyNet, Rounds).Sample((net, rounds) =>
    {
        bool[] keeps = Pruning.All(net.Architecture);
        return rounds.Select(_ =>
        {
            bool[] before = keeps;
            keeps = Pruning.Round(before, net, 0.36);
            return keeps.Zip(before, (now, then) => then || !now).All(isSo => isSo)
                && Pruning.Left(net.Architecture, keeps) <= Pruning.Left(net.Architecture, before);
        }).ToArray().All(isSo => isSo);
    });

    private static Network<float> Trained(Network<float> net, bool[]? keeps, ulong seed)
    {
        int rows = 6, inputs = net.Architecture.Inputs;
        var samples = new Samples<float>(
            new(rows, inputs, Draw.Normal<float>(Key.FromSeed(seed).At(0), rows * inputs)),
            new(rows, 3, Draw.Normal<float>(Key.FromSeed(seed).At(1), rows * 3)));
        Optimizer rule = keeps is null ? new Adam(0.01) : new Adam(0.01).Then(new Masked([.. keeps]));
        var learner = new Learner(new MeanSquaredError(), rule);
        return learner.Fold(
            learner.Begin(net), Enumerable.Repeat(Batch<float>.All(samples), 5), threads: 1).Network;
    }
}
