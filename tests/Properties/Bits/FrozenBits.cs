using Functional;
using Xunit;

namespace Properties.Bits;

/// <summary>The promise: one experiment has one answer, bit for bit. The answers are written down here by the names
/// of what they are of, so that any machine, runtime or build that runs this test is compared with every other one,
/// and what is added to the library adds a line.</summary>
public sealed class FrozenBits
{
    private static readonly Dictionary<string, ISubject> Subjects = new(
    [
        .. Of(Activation.Kinds, "activation", phi => new Trained { Layers = [new Dense(70, phi)] }),
        .. Of(Layer.Kinds, "layer", layer => new Trained { Layers = Around(layer), Shards = 2 }),
        .. Of(Initializer.Kinds, "initializer", initializer => new FirstWeights(initializer)),
        .. Of(Loss.Kinds, "loss", loss => new Trained { Loss = loss, Shards = 2 }),
        .. Of(Optimizer.Kinds, "optimizer", rule => new Trained { Optimizer = rule.Then(new Rate(0.1)) }),
        .. Of(Schedule.Kinds, "schedule", schedule => new Rates(schedule)),
        .. Of(Schedule.Kinds, "trained by schedule", schedule => new Trained { Schedule = schedule.For(6) }),
        .. Of(Penalty.Kinds, "penalty", penalty => new Trained { Penalty = penalty }),
        .. Of(
            Activation.Kinds, "derivatives of activation", phi => new Derivatives { Layers = [new Dense(70, phi)] },
            phi => phi != Activation.Step),
        .. Of(Layer.Kinds, "derivatives of layer", layer => new Derivatives { Layers = Around(layer) }),
        .. Of(Loss.Kinds, "derivatives of loss", loss => new Derivatives { Loss = loss }),
        .. Pairings,
    ]);

    public static TheoryData<string> Names => [.. Subjects.Keys];

    [Theory, MemberData(nameof(Names))]
    public void They_are_the_frozen_bits_on_any_number_of_threads(string name)
    {
        var subject = Subjects[name];
        var found = (subject.Digest<float>(1), subject.Digest<double>(1));
        Assert.True(
            FrozenDigests.All.TryGetValue(name, out var frozen) && frozen == found,
            $"[\"{name}\"] = (\"{found.Item1}\", \"{found.Item2}\"),");
        // Every number of threads at the machine's own width.
        foreach (int threads in Widths.IsRerun ? (int[])[3] : [2, 3, 7])
            Assert.Equal(frozen, (subject.Digest<float>(threads), subject.Digest<double>(threads)));
    }

    [Fact]
    public void Nothing_else_is_frozen() => Assert.Empty(FrozenDigests.All.Keys.Except(Subjects.Keys));

    // What matters where parts meet: how a batch is cut, what follows what, sizes that are shared among threads.
    private static IEnumerable<KeyValuePair<string, ISubject>> Pairings => new Dictionary<string, ISubject>
    {
        ["pairing: 4 shards, and batches of 26 rows"] = new Trained { Shards = 4, BatchSize = 26 },
        ["pairing: 1024 shards of 90 rows"] = new Trained
        {
            Shards = 1024,
            BatchSize = 90,
            Layers = [new Dense(8, Activation.Relu), new BatchNorm()],
        },
        ["pairing: batches of one row"] = new Trained { BatchSize = 1, Optimizer = new Adam(0.01) },
        ["pairing: clipping, Adam, cosine"] = new Trained
        {
            Optimizer = new ClipNorm(0.5).Then(new Adam(0.02)),
            Schedule = new CosineAnnealing().For(6),
            Penalty = new Penalty.L2(0.01),
        },
        ["pairing: Adam for so long that its rates settle"] = new Trained { Optimizer = new Adam(0.01), Steps = 200 },
        ["pairing: Adam with gradients that fade"] =
            new Trained { Optimizer = new Adam(0.5, Beta1: 0.5, Beta2: 0.6), Steps = 200 },
        ["pairing: accumulated gradients of averaged parameters"] = new Trained
        {
            Optimizer = new Accumulate(3, new AdamW(0.02).Then(new Ema(0.9))),
        },
        ["pairing: masks, batch norm, residual"] = new Trained
        {
            Layers =
            [
                new Dense(40, Activation.Gelu), new Dropout(0.3), new BatchNorm(),
                new Residual([new Dense(40, Activation.Silu), new Dropout(0.1), new LayerNorm()]),
            ],
            Optimizer = new AdamW(0.01),
            Shards = 2,
        },
        ["pairing: half of the units are zero"] = new Trained
        {
            Layers = [new Dense(500, Activation.Relu), new Dense(300, Activation.Relu)],
            Rows = 300,
            BatchSize = 256,
            Steps = 3,
        },
        ["pairing: wide layers in large batches"] = new Trained
        {
            Layers = [new Dense(600, Activation.Tanh), new Dense(257, Activation.Sigmoid)],
            Rows = 700,
            BatchSize = 511,
            Steps = 2,
            Optimizer = new Adam(0.001),
        },
        ["pairing: every activation in turn"] =
            new Trained { Layers = Every(16), Optimizer = new Adam(0.005), Shards = 2, Steps = 3 },
        // The rest is so small that one thread does it: these are shared.
        ["pairing: every activation in turn, among threads"] =
            new Trained { Layers = Every(70), Rows = 260, BatchSize = 256, Steps = 1 },
        ["pairing: every loss in turn, among threads"] = new Several([.. Loss.Kinds.Prototypes.Select(loss =>
            new Trained
            {
                Loss = loss,
                Layers = [new Dense(3, Activation.Tanh)],
                Rows = 6000,
                BatchSize = 6000,
                Steps = 1
            })]),
        ["pairing: every optimizer in turn, among threads"] = new Several([.. Optimizer.Kinds.Prototypes
            .Where(rule => rule is not Sam).Select(AmongThreads)]),
        ["pairing: two gradients a step, among threads"] =
            new Several([AmongThreads(new Sam()), AmongThreads(new Sam(0.5, Adaptive: true, new Adam()))]),
        ["pairing: two gradients a step, of 4 shards, masks, batch norm, penalty, average"] = new Trained
        {
            Layers = [new Dense(40, Activation.Gelu), new Dropout(0.3), new BatchNorm()],
            Optimizer = new Sam(0.5, Adaptive: true, new Accumulate(2, new Adam(0.01).Then(new Ema(0.9)))),
            Penalty = new Penalty.L2(0.01),
            Shards = 4,
        },
        ["pairing: derivatives through every activation in turn"] = new Derivatives { Layers = Every(16) },
        ["pairing: derivatives through masks, batch norm, residual"] = new Derivatives
        {
            Layers =
            [
                new Dense(40, Activation.Gelu), new Dropout(0.3), new BatchNorm(),
                new Residual([new Dense(40, Activation.Silu), new LayerNorm()]),
            ],
        },
        ["pairing: derivatives through wide layers"] = new Derivatives
        {
            Layers = [new Dense(600, Activation.Tanh), new Dense(257, Activation.Softplus)],
        },
    };

    private static Trained AmongThreads(Optimizer rule) => new()
    {
        Optimizer = rule.Then(new Rate(0.1)),
        Layers = [new Dense(8000, Activation.Relu)],
        Rows = 8,
        BatchSize = 8,
        Steps = 2,
    };

    private static Layer[] Every(int units) =>
        [.. Activation.Kinds.Prototypes.Where(phi => phi != Activation.Step).Select(phi => new Dense(units, phi))];

    // Where a network has it, between layers that learn; a layer of others has some.
    private static Layer[] Around(Layer layer) =>
    [
        new Dense(20, Activation.Tanh),
        layer switch
        {
            Residual =>
                new Residual([new Dense(12, Activation.Relu)], [new Dense(12, Activation.Identity, Bias: false)]),
            Sequence => new Sequence([new LayerNorm(), new Dense(12, Activation.Softplus)]),
            _ => layer,
        },
    ];

    private static IEnumerable<KeyValuePair<string, ISubject>> Of<A>(
        Kinds<A> kinds, string what, Func<A, ISubject> subject, Func<A, bool>? isMeant = null)
        where A : Form<A> =>
        kinds.Prototypes.Where(isMeant ?? (_ => true))
            .Select(member => KeyValuePair.Create($"{what} {kinds.NameOf(member)}", subject(member)));
}
