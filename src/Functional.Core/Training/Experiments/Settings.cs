namespace Functional;

/// <summary>What a person writes: how something is to be learned. Not yet checked; edited by <c>with</c>.</summary>
public sealed record Settings : Form<Settings>
{
    /// <summary>A good start for a data source: a net with dropout for the digits, a smooth one
    /// for toy problems.</summary>
    public static Settings For(DataSource data) => data switch
    {
        Digits => new()
        {
            Hidden = [new Dropout(0.2), new Dense(256, Activation.Relu), new Dropout(0.5)],
            Initializer = new Initializer.HeNormal(),
            Scaling = new Scaler.Range(),
        },
        Mnist1D => new()
        {
            Data = data,
            Hidden = [new Dense(100, Activation.Relu), new Dense(100, Activation.Relu)],
            Optimizer = new Adam(0.01),
            BatchSize = 100,
        },
        Toy => new()
        {
            Data = data,
            TargetScaling = new Scaler.None(),
            Hidden = [new Dense(32, Activation.Tanh), new Dense(32, Activation.Tanh)],
            Optimizer = new Adam(0.01),
            Epochs = 200
        },
        Penguins => new()
        {
            Data = data,
            Missing = new MissingCells.Mean(),
            Hidden = [new Dense(32, Activation.Relu)],
            Optimizer = new Adam(0.003),
            Epochs = 60
        },
        AutoMpg => new()
        {
            Data = data,
            Missing = new MissingCells.Mean(),
            TargetScaling = new Scaler.None(),
            Hidden = [new Dense(32, Activation.Relu)],
            Optimizer = new Adam(0.003),
            Epochs = 200
        },
        FashionMnist or IdxDirectory =>
            new() { Data = data, Hidden = [new Dense(128, Activation.Relu)], Scaling = new Scaler.Range(), Epochs = 5 },
        _ => new() { Data = data },
    };

    /// <summary>Where the samples come from.</summary>
    public DataSource Data { get; init; } = new Digits();

    /// <summary>The layers before the output layer, which is dense and as wide as the problem asks.</summary>
    public Items<Layer> Hidden { get; init; } = [new Dense(64, Activation.Relu)];

    /// <summary>phi of the output layer.</summary>
    public Activation OutputActivation { get; init; } = Activation.Identity;

    /// <summary>What is made small; if none is given, softmax cross-entropy for classes and mean squared
    /// error for numbers.</summary>
    public Loss? Loss { get; init; }

    /// <summary>How the first weights are drawn.</summary>
    public Initializer Initializer { get; init; } = new Initializer.GlorotUniform();

    /// <summary>How gradients become updates.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>What becomes of the learning rate.</summary>
    public Schedule Schedule { get; init; } = new ConstantRate();

    /// <summary>What a step of the schedule is.</summary>
    public ScheduleUnit ScheduleBy { get; init; }

    /// <summary>What the size of the weights adds to the loss.</summary>
    public Penalty Penalty { get; init; } = new Penalty.None();

    /// <summary>How much the classes count while learning.</summary>
    public ClassWeights ClassWeights { get; init; } = Functional.ClassWeights.Equal;

    /// <summary>When training ends before its last epoch.</summary>
    public Stopping Stopping { get; init; } = new Never();

    /// <summary>Samples a step, 1 to 2^20.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How often all training samples are visited, 1 to a million.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>What everything random follows from.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Which member of a bag it trains, 0 to 9999: first weights, orders and masks are others for each; toy
    /// problems and the split are those of the seed. 0 is an experiment by itself.</summary>
    public int Member { get; init; }

    /// <summary>Share of the samples kept for the end, 0 &lt;= test &lt; 1.</summary>
    public double Test { get; init; } = 0.2;

    /// <summary>Share of the other samples that is only watched while learning, 0 &lt;= validation &lt; 1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>Which rows are learned from and which are tested on; a share of them, if none is given.</summary>
    public Resampling Resampling { get; init; } = new Resampling.Share();

    /// <summary>What is done about missing cells.</summary>
    public MissingCells Missing { get; init; } = new MissingCells.Refuse();

    /// <summary>What the model does about a category that training never saw.</summary>
    public UnseenCategories Unseen { get; init; }

    /// <summary>How inputs are brought to a common size.</summary>
    public Scaler Scaling { get; init; } = new Scaler.Standard();

    /// <summary>How numbers to be predicted are brought to a common size, to be scaled back in every prediction. If
    /// none is given: standard, where the outputs and the loss take any number; else none.</summary>
    public Scaler? TargetScaling { get; init; }

    /// <summary>What training computes in.</summary>
    public Precision Precision { get; init; }

    /// <summary>Parts of a batch, a power of two from 1 to 1024.</summary>
    public int Shards { get; init; } = 1;

    /// <inheritdoc/>
    protected internal override Settings Each(Fields fields) => this with
    {
        Data = fields.One("data", Data, DataSource.Kinds),
        Hidden = fields.Many("hidden", Hidden, Layer.Kinds),
        OutputActivation = fields.One("output_activation", OutputActivation, Activation.Kinds),
        Loss = fields.Maybe("loss", Loss, Functional.Loss.Kinds),
        Initializer = fields.One("initializer", Initializer, Functional.Initializer.Kinds),
        Optimizer = fields.One("optimizer", Optimizer, Functional.Optimizer.Kinds),
        Schedule = fields.One("schedule", Schedule, Functional.Schedule.Kinds),
        ScheduleBy = fields.Choice("schedule_by", ScheduleBy),
        Penalty = fields.One("penalty", Penalty, Functional.Penalty.Kinds),
        ClassWeights = fields.One("class_weights", ClassWeights, Functional.ClassWeights.Kinds),
        Stopping = fields.One("stopping", Stopping, Functional.Stopping.Kinds),
        BatchSize = fields.Whole("batch_size", BatchSize, Interval.Between(1, 1 << 20)),
        Epochs = fields.Whole("epochs", Epochs, Interval.Between(1, 1_000_000)),
        Seed = fields.Seed("seed", Seed),
        Member = fields.WholeUnless("member", 0, Member, Interval.Between(0, 9999)),
        Test = fields.Real("test", Test, Interval.ZeroToBelowOne),
        Validation = fields.Real("validation", Validation, Interval.ZeroToBelowOne),
        Resampling = fields.Maybe(
            "resampling", Resampling is Resampling.Share ? null : Resampling, Functional.Resampling.Kinds)
            ?? new Resampling.Share(), // is not written: it was the only way once, and digests stay
        Missing = fields.One("missing", Missing, MissingCells.Kinds),
        Unseen = fields.Choice("unseen", Unseen),
        Scaling = fields.One("scaling", Scaling, Scaler.Kinds),
        TargetScaling = fields.Maybe("target_scaling", TargetScaling, Scaler.Kinds),
        Precision = fields.Choice("precision", Precision),
        Shards = fields.Whole("shards", Shards, Interval.Between(1, 1024)),
    };
}
