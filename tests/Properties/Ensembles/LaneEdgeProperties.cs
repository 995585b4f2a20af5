using System.Numerics;
using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Ensembles;

/// <summary>What a member of an ensemble sees, reads and throws is what it does alone, at the edges too.</summary>
public sealed class LaneEdgeProperties
{
    private static readonly Initializer Glorot = new Initializer.GlorotUniform();
    private static readonly Loss Positive = Loss.Register<PositiveTargets>();

    [Fact]
    public void Layers_that_differ_in_the_sign_of_a_zero_do_not_go_side_by_side()
    {
        static LaneShape Shape(double slope)
        {
            var learner = new Learner(new MeanSquaredError(), new Sgd());
            return LaneShape.Of(learner, learner.Begin(Network<float>.Init(
                Architecture.Of(1, new Dense(1, Activation.LeakyRelu(slope))), new Initializer.Zeros(), default)));
        }
        Assert.Equal(Shape(0.0), Shape(0.0));
        Assert.NotEqual(Shape(0.0), Shape(-0.0));
    }

    [Fact]
    public void Batches_are_read_once_and_closed_whatever_happens()
    {
        foreach (var choice in Choices)
        {
            var readers = Enumerable.Range(0, 20).Select(i => new Reader(i == 7 ? 3 : 9)).ToArray();
            var ensemble = Of(20, new Adam(), new MeanSquaredError());
            var fault = Assert.Throws<InvalidDataException>(
                () => ensemble.Fold(i => readers[i].Batches(Rows(4)), choice, 2));
            Assert.Equal("batch 3", fault.Message);
            Assert.All(readers, reader => Assert.True(reader.Opened <= 1 && reader.Opened == reader.Closed));
            // A source that can be read only once gives what it gives to a member alone.
            var queues = Enumerable.Range(0, 20).Select(i => new Queue<Batch<double>>(Several(i))).ToArray();
            var folded = ensemble.Fold(i => Taken(queues[i]), choice, 2);
            for (int i = 0; i < 20; i++)
                Assert.Equal(ensemble.Learners[i].Fold(ensemble[i], Several(i), 1), folded[i]);
        }
    }

    [Fact]
    public void Whoever_stops_reading_closes_the_courses()
    {
        foreach (var choice in Choices)
        {
            int opened = 0, closed = 0;
            var ensemble = Of(20, new Adam(), new MeanSquaredError());
            IEnumerable<Checkpoint<double>?> Course(int i, IFold<double> fold)
            {
                Interlocked.Increment(ref opened);
                try
                {
                    fold.Begin(ensemble.Learners[i], ensemble[i]);
                    for (int step = 0; step < 9; step++)
                    {
                        fold.Ask(Rows(4), false);
                        yield return null;
                        var state = fold.Freeze();
                        yield return new(1, state, state.Network, 0, null, false, ([], []), state.Network);
                    }
                }
                finally
                {
                    Interlocked.Increment(ref closed);
                }
            }
            var jobs = Enumerable.Range(0, 20).Select(i => new Job<double, int>(
                i, ensemble.Learners[i], ensemble[i], 4, fold => Course(i, fold)));
            Assert.Equal(5, SideBySide.Jobs(jobs, choice, 2).Take(5).Count());
            Assert.True(opened > 0 && opened == closed, $"{opened} were opened, {closed} closed");
        }
    }

    [Fact]
    public void Where_one_course_fails_what_the_others_reached_is_shown_first()
    {
        foreach (var choice in Choices)
        {
            var ensemble = Of(4, new Adam(), new MeanSquaredError());
            IEnumerable<Checkpoint<double>?> Course(int i, IFold<double> fold)
            {
                fold.Begin(ensemble.Learners[i], ensemble[i]);
                fold.Ask(Rows(4), false);
                yield return null;
                if (i == 2) throw new InvalidDataException("its own");
                var state = fold.Freeze();
                yield return new(1, state, state.Network, 0, null, false, ([], []), state.Network);
            }
            var jobs = Enumerable.Range(0, 4).Select(i => new Job<double, int>(
                i, ensemble.Learners[i], ensemble[i], 4, fold => Course(i, fold)));
            var shown = new List<int>();
            Assert.Equal("its own", Assert.Throws<InvalidDataException>(() =>
            {
                foreach (var (owner, reached) in SideBySide.Jobs(jobs, choice, 4))
                    if (reached is not null) shown.Add(owner);
            }).Message);
            Assert.Contains(0, shown);
            Assert.Contains(1, shown);
        }
    }

    [Fact]
    public void Batches_that_a_member_refuses_alone_it_refuses_beside_others()
    {
        var ensemble = Of(3, new Adam(), new MeanSquaredError());
        var good = Rows(4);
        foreach (var bad in new[] { good with { Count = 0 }, good with { Order = Vec<int>.Of([0, 1, 9, 2]) },
            good with { Order = Vec<int>.Of([0, -1, 2, 3]) }, good with { Start = 2 } })
        {
            var alone = Record.Exception(() => ensemble.Learners[1].Fold(ensemble[1], [good, bad], 1));
            var beside = Record.Exception(
                () => ensemble.Fold(i => i == 1 ? [good, bad] : [good, good], LaneChoice.Always, 1));
            Assert.IsType(alone!.GetType(), beside);
            if (bad.Count == 0) Assert.Equal(alone.Message, beside!.Message);
        }
    }

    [Fact]
    public void What_a_program_brought_along_sees_one_network_at_a_time()
    {
        var layers = new Layer[] { new Dense(3, Activation.Tanh), new Reciprocals(), new Dense(2) };
        foreach (var optimizer in new Optimizer[]
            { new ByCount(), new Accumulate(2, new ByCount()), new ByCount().Then(new Adam()) })
        {
            var ensemble = new Ensemble<double>(
                [.. Enumerable.Range(0, 5).Select(i => new Learner(Positive, optimizer, Key.FromSeed((ulong)i)))],
                [.. Enumerable.Range(0, 5).Select(i => new Learner(Positive, optimizer, Key.FromSeed((ulong)i)).Begin(
                    Network<double>.Init(
                        Architecture.Of(2, layers), Glorot, Key.FromSeed((ulong)i))))]);
            IEnumerable<Batch<double>> Own(int i) => Enumerable.Range(0, 6 - i % 2).Select(_ => Rows(3 + i));
            var folded = ensemble.Fold(Own, LaneChoice.Always, 1);
            for (int i = 0; i < 5; i++)
                Assert.Equal(ensemble.Learners[i].Fold(ensemble[i], Own(i), 1), folded[i]);
        }
    }

    [Fact]
    public void Batches_without_room_in_the_lanes_are_done_alone()
    {
        var architecture = Architecture.Of(700, new Dense(2, Activation.Tanh), new BatchNorm(), new Dense(1));
        var learners = Enumerable.Range(0, 5)
            .Select(i => new Learner(new MeanSquaredError(), new Adam(), Key.FromSeed((ulong)i))).ToArray();
        var ensemble = Ensemble<float>.Begin(learners.Select(learner => (
            learner, Network<float>.Init(architecture, Glorot, learner.Key))));
        var samples = new Samples<float>(
            new(2000, 700, Draw.Normal<float>(Key.FromSeed(1), 1_400_000, 0, 1)),
            new(2000, 1, Draw.Normal<float>(Key.FromSeed(2), 2000, 0, 1)), null);
        var large = Batch<float>.All(samples);
        Batch<float>[] Own(int i) => i % 2 == 0
            ? [large with { Count = 9 }, large, large with { Count = 9 }] : [large, large with { Count = 7 }];
        var folded = ensemble.Fold(Own, LaneChoice.Always, 2);
        for (int i = 0; i < 5; i++) Assert.Equal(learners[i].Fold(ensemble[i], Own(i), 1), folded[i]);
        Assert.False(LaneCosts.IsFaster<float>(Architecture.Of(1 << 20, new LayerNorm()), 16, 16));
        Assert.True(LaneCosts.IsFaster<float>(Architecture.Of(2, new LayerNorm()), 16, 16));
    }

    [Fact]
    public void Rows_count_one_again_after_a_batch_with_weights()
    {
        var ensemble = Of(3, new Adam(), new MeanSquaredError());
        var plain = Rows(4);
        var weighted = plain with { Samples = plain.Samples with { Weights = Vec<double>.Of([0, 3, 0.5, 2]) } };
        var weightless = plain with { Samples = plain.Samples with { Weights = Vec<double>.Zeros(4) } };
        Batch<double>[] Own(int i) => i switch
        {
            0 => [weighted, plain, weightless, plain, weighted],
            1 => [weighted, weighted, weighted, weightless, weighted],
            _ => [plain, weighted, plain, weightless, plain],
        };
        var folded = ensemble.Fold(Own, LaneChoice.Always, 1);
        for (int i = 0; i < 3; i++) Assert.Equal(ensemble.Learners[i].Fold(ensemble[i], Own(i), 1), folded[i]);

        // In the lane of a member that had weights, beside one that still has them.
        var many = Of(30, new Adam(), new MeanSquaredError());
        IEnumerable<Batch<double>> Next(int i) =>
            Enumerable.Repeat(i < 16 ? weighted : plain, i == 0 ? 20 : i < 16 ? 2 : 5);
        folded = many.Fold(Next, LaneChoice.Always, 1);
        for (int i = 0; i < 30; i++) Assert.Equal(many.Learners[i].Fold(many[i], Next(i), 1), folded[i]);
    }

    // Squares that overflow together, along a gradient that does not; and a network that is none from the beginning.
    [Fact]
    public void A_step_that_diverges_has_the_measures_that_it_has_alone()
    {
        foreach (var optimizer in new Optimizer[] { new Sgd(0.1), new Sam(), new Sam(Adaptive: true), new Adam() })
            foreach (bool isNone in new[] { false, true })
            {
                var network = Network<double>.Init(
                    Architecture.Of(1, new Dense(2, Activation.Tanh), new Dense(1)), Glorot,
                    Key.FromSeed(5));
                if (isNone) network = network.With(Vec<double>.Of([.. network.Parameters.Span[1..], double.NaN]));
                var learner = new Learner(
                    new MeanSquaredError(), optimizer, Key.FromSeed(1), Penalty: new Penalty.L2(0.1));
                var start = learner.Begin(network);
                var samples = new Samples<double>(
                    new(4, 1, Vec<double>.Of([1e-3, -2e-3, 3e-3, 4e-3])),
                    new(4, 1, Vec<double>.Of([1.3e154, -1.3e154, 1.3e154, -1.3e154])), null);
                var alone = new FoldState<double>(learner, start, 1);
                var lanes = new LaneFold<double>(learner, network.Architecture);
                lanes.Take(3, learner, start);
                lanes.Ask(3, Batch<double>.All(samples), isMeasured: true);
                lanes.Step([.. Enumerable.Range(0, 16).Select(lane => lane == 3)], 4);
                Assert.False(alone.MeasuredStep(Batch<double>.All(samples)));
                Assert.Equal(alone.Measures, lanes.Measures(3));
                Assert.Equal(alone.Freeze(), lanes.Freeze(3));
                Assert.True(isNone || double.IsFinite(alone.Measures!.Gradient));
            }
    }

    // Dead units: their means fade below the least normal number.
    [Fact]
    public void Long_trainings_have_the_bits_that_they_have_alone()
    {
        foreach (double epsilon in new[] { 1e-8, 1e-12 })
        {
            var (floats, doubles) = (Long<float>(epsilon, 1500), Long<double>(epsilon, 8000));
            Assert.True(floats && doubles);
        }
    }

    // Where one network's epsilon hides the root of a subnormal mean square, that of another one does not.
    [Fact]
    public void A_mean_square_that_fades_counts_where_epsilon_is_small()
    {
        var ensemble = Ensemble<float>.Begin(Enumerable.Range(0, 5).Select(i => (
            new Learner(
                new HalfSumSquaredError(), new Adam(1e-22, Epsilon: i < 4 ? 1e-37 : 1e-8), Key.FromSeed((ulong)i)),
            new Network<float>(
                Architecture.Of(1, new Dense(1, Activation.Identity, Bias: false)), Vec<float>.Zeros(1),
                Vec<float>.Zeros(0)))));
        Batch<float> Of(float x, int member) => Batch<float>.All(
            new(new(1, 1, Vec<float>.Of([x])), new(1, 1, Vec<float>.Of([(1 + member) * 1e-20f])), null));
        IEnumerable<Batch<float>> Own(int i) =>
            Enumerable.Range(0, 500).Select(step => Of(step is >= 300 and < 303 ? 1 : 0, i));
        var folded = ensemble.Fold(Own, LaneChoice.Always, 1);
        for (int i = 0; i < 5; i++) Assert.Equal(ensemble.Learners[i].Fold(ensemble[i], Own(i), 1), folded[i]);
    }

    private static bool Long<T>(double epsilon, int steps) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var architecture = Architecture.Of(2, new Dense(6, Activation.Relu), new Dense(1));
        var learners = Enumerable.Range(0, 17).Select(i => new Learner(
            new MeanSquaredError(), new Adam(0.01 + i / 100.0, Epsilon: i % 5 == 3 ? 1e-3 : epsilon),
            Key.FromSeed((ulong)i))).ToArray();
        var ensemble = Ensemble<T>.Begin(learners.Select((learner, i) => (
            learner, Network<T>.Init(architecture, Glorot, learner.Key) is var network && i % 3 == 0
                ? network.With(Vec<T>.Of(
                    [.. network.Parameters.Span.ToArray().Select(w => w * T.CreateChecked(1e-17))]))
                : network)));
        var batch = Batch<T>.All(new(
            new(4, 2, Vec<T>.Of([.. new[] { 0.5, 0.5, 1, 0, 0, 0.0, 1, 1 }.Select(T.CreateChecked)])),
            new(4, 1, Vec<T>.Of([.. new[] { 0.3, 1.0, 1, 0 }.Select(T.CreateChecked)])), null));
        var folded = ensemble.Fold(i => Enumerable.Repeat(batch, steps + i % 4), LaneChoice.Always, 2);
        for (int i = 0; i < learners.Length; i++)
            Assert.Equal(learners[i].Fold(ensemble[i], Enumerable.Repeat(batch, steps + i % 4), 1), folded[i]);
        return folded.States.Any(state => state.Optimizer.Moments.Span.ToArray().Any(T.IsSubnormal));
    }

    private static readonly LaneChoice[] Choices = [LaneChoice.Always, LaneChoice.Never, LaneChoice.Faster];

    private static Ensemble<double> Of(int count, Optimizer optimizer, Loss loss) => Ensemble<double>.Begin(
        Enumerable.Range(0, count).Select(i => new Learner(loss, optimizer, Key.FromSeed((ulong)i))).Select(learner => (
            learner, Network<double>.Init(
                Architecture.Of(2, new Dense(3, Activation.Tanh), new Dense(2)), Glorot,
                learner.Key))));

    private static Batch<double> Rows(int count) => Batch<double>.All(new(
        new(count, 2, Draw.Normal<double>(Key.FromSeed(8), 2 * count, 0, 1)),
        new(count, 2, Vec<double>.Of([.. Enumerable.Range(0, 2 * count).Select(i => 1.0 + i)])), null));

    private static Batch<double>[] Several(int member) => [Rows(4), Rows(3), Rows(1 + member % 5)];

    private static IEnumerable<Batch<double>> Taken(Queue<Batch<double>> queue)
    {
        while (queue.TryDequeue(out var next)) yield return next;
    }

    /// <summary>Batches as a file might hold them, of which one is damaged.</summary>
    private sealed class Reader(int damaged)
    {
        public int Opened { get; private set; }
        public int Closed { get; private set; }

        public IEnumerable<Batch<double>> Batches(Batch<double> each)
        {
            Opened++;
            try
            {
                for (int i = 0; i < 8; i++)
                    yield return i == damaged ? throw new InvalidDataException($"batch {i}") : each;
            }
            finally
            {
                Closed++;
            }
        }
    }

    /// <summary>Looks at each parameter alone, and at how many there are; refuses what no gradient is.</summary>
    private sealed record ByCount : Optimizer
    {
        public override bool IsElementwise => true;

        protected override void Update<T>(Stretch<T> at)
        {
            if (at.Direction.Length > at.All) throw new InvalidOperationException("more than all");
            for (int i = 0; i < at.Direction.Length; i++)
                at.Direction[i] = T.IsFinite(at.Direction[i])
                    ? at.Direction[i] / T.CreateChecked(at.All)
                    : throw new InvalidOperationException("no gradient");
        }
    }

    private readonly struct PositiveTargets : ILossFunction
    {
        public static string Name => "own_positive_targets";

        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>
        {
            T sum = T.Zero;
            for (int i = 0; i < outputs.Length; i++)
            {
                if (targets[i].ToDouble() <= 0) throw new InvalidOperationException("targets are positive");
                sum += (outputs[i] - targets[i]) * (outputs[i] - targets[i]) / targets[i];
            }
            return sum;
        }
    }

    private sealed record Reciprocals : LayerFunction
    {
        public override int OutputsOf(int inputs) => inputs;

        public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y)
        {
            if (x[0].ToDouble() == 0) throw new InvalidOperationException("nothing comes in");
            for (int i = 0; i < y.Length; i++) y[i] = x[i] * x[i];
        }
    }
}
