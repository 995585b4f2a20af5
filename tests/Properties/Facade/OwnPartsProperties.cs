using Functional;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Facade;

/// <summary>Parts that a program brings along, and those of the library, obey the same laws; a part that
/// does not is caught.</summary>
public sealed class OwnPartsProperties
{
    public static TheoryData<object> Own => [new Swish(), new Swish(0.3), new SignDescent(), new Scale(),
        new HeavyBall(), new Halving(), new AfterEpochs(), new Diagonal()];

    public static TheoryData<object> Library =>
    [
        .. Activation.Kinds.Prototypes, .. Optimizer.Kinds.Prototypes, .. Schedule.Kinds.Prototypes,
        .. Stopping.Kinds.Prototypes,
        .. Layer.Kinds.Prototypes.Where(layer => layer is not BatchNorm), .. DataSource.Kinds.Prototypes.OfType<Toy>(),
    ];

    [Theory, MemberData(nameof(Own))]
    public void Parts_of_a_program_obey_the_laws(object part) => Functional.Laws.Hold(part);

    [Theory, MemberData(nameof(Library))]
    public void Parts_of_the_library_obey_the_laws(object part) => Functional.Laws.Hold(part);

    [Fact]
    public void The_default_of_a_type_has_the_defaults_of_its_constructor()
    {
        Functional.Laws.Hold<Swish>();
        Functional.Laws.Hold<SignDescent>();
        Assert.Contains(
            "a parameter Rate without a default",
            Assert.Throws<ArgumentException>(Functional.Laws.Hold<Undecided>).Message, StringComparison.Ordinal);
    }

    public static TheoryData<object, string> Broken => new()
    {
        { new Forgetful(), "training again should give the same bits in float" },
        { new OneOfAll(), "2 threads should give the same bits as one in float" },
        { new Counting(), "should not depend on the other rows" },
        { new Growing(), "the rate of step 0 should be the same whenever it is asked for" },
        { new Lost(), "Lost holds more than its fields say" },
        { new Hidden(), "Hidden has a property Gain that can be set and is no parameter of its constructor" },
        { new Listing(), "Listing holds more than its fields say" },
        { new Forgetting(Gamma: 3), "it is not read back as it was written" },
        { new Returning(2), "it is not read back as it was written" },
        { new Silent(), "Silent: it cannot be passed forward and backward: Silent.Forward leaves y[1] unwritten" },
        { new Misspelt(), "it watches \"validation_acuracy\"; it should be one of train_loss" },
        { new Beside(), "Beside: it cannot be passed forward and backward: " },
        { new Nothing(), "layers[1] makes 0 numbers of 4; it should make at least 1" },
        { new Slotless(), "Slotless: it cannot be trained in float: the rule has 0 slots" },
        { new Negative(), "Negative: it cannot be trained in float: " },
        { new Ruleless(), "Ruleless: it cannot be trained in float: " },
        { new Beyond(), "its fields are out of their ranges: start is 11; it should be between -9 and 9" },
        { new Kinked(), "the gradient of layer 1 (dense) is off by" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_part_that_breaks_a_law_is_caught(object part, string law) =>
        Assert.Contains(
            law, Assert.Throws<BrokenLawException>(() => Functional.Laws.Hold(part)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_named_part_takes_part_in_experiments_and_models()
    {
        Registry.Add<Swish>("own_swish");
        Registry.Add<SignDescent>("own_sign");
        Registry.Add<Scale>("own_scale");
        Registry.Add<Halving>("own_halving");
        Registry.Add<AfterEpochs>("own_after");
        Registry.Add<Diagonal>("own_diagonal");
        Registry.Add<Swish>("own_swish");
        var experiment = Read("""
            { "data": { "kind": "own_diagonal", "samples": 200 },
              "hidden": [
                { "kind": "dense", "units": 8, "activation": { "kind": "own_swish", "beta": 0.5 } }, "own_scale"],
              "optimizer": { "kind": "own_sign", "rate": 0.02 }, "schedule": { "kind": "own_halving", "every": 5 },
              "stopping": "own_after", "epochs": 9 }
            """);
        Assert.Equal(experiment, Read(experiment.ToJson()));
        var trained = Mlp.Classifier(new Dense(8, new Swish(0.5)), new Scale()).Train(
            new Diagonal(200).Make(Key.FromSeed(1)), _ => experiment.Settings with { Data = new Given() });
        Assert.InRange(trained.Test.Accuracy, 0.9, 1);
        Assert.Equal(3, trained.Results.Last!.Number);
        string path = Path.GetTempFileName();
        trained.Model.Save(path);
        Assert.Equal(trained.Model, Classifier.Load(path));
        File.Delete(path);
    }

    [Fact]
    public void A_part_that_would_lose_something_gets_no_name_and_is_not_saved()
    {
        Assert.Contains(
            "Gain", Assert.Throws<NotSupportedException>(() => Registry.Add<Hidden>("own_hidden")).Message,
            StringComparison.Ordinal);
        Registry.Add<Forgetting>("own_forgetting");
        var settings = new Settings { Data = new Moons(), Schedule = new Forgetting(Gamma: 3) };
        Assert.Contains(
            "would be read back as another part",
            Assert.Throws<NotSupportedException>(() => Experiment.Of(settings).ToJson()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Listing", Assert.Throws<NotSupportedException>(() => Registry.Add<Listing>("own_listing")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_without_a_name_says_how_to_give_it_one() => Assert.Contains(
        "HeavyBall has no name as an optimizer; Registry.Add<HeavyBall>(\"name\") gives it one",
        Assert.Throws<ArgumentException>(() => new Settings { Optimizer = new HeavyBall() } is var settings
            && Experiment.Check(settings).IfFail(_ => throw new FormatException()).ToJson().Length > 0).Message,
        StringComparison.Ordinal);

    private static Experiment Read(string json) =>
        Experiment.Parse(json).IfFail(faults => throw new FormatException($"{faults}"));

    public sealed record Undecided(double Rate) : Optimizer;

    public sealed record Forgetful() : Optimizer
    {
        private int calls;
        protected override void Update<T>(Stretch<T> at) => at.Direction.Map(g => 0.001 * ++calls);
    }

    // It says that it looks at each parameter alone, and looks at their sum.
    public sealed record OneOfAll() : Optimizer
    {
        public override bool IsElementwise => true;

        protected override void Update<T>(Stretch<T> at)
        {
            T sum = T.Zero;
            foreach (T g in at.Direction) sum += g;
            at.Direction.Map(g => T.CreateTruncating(0.0001) * sum);
        }
    }

    public sealed record Counting() : LayerFunction
    {
        private int rows;
        public override int OutputsOf(int inputs) => inputs;

        public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y)
        {
            if (typeof(T) == typeof(Functional.Core.Differentiation.Real)) rows = rows % 24 + 1;
            for (int i = 0; i < y.Length; i++) y[i] = x[i] * rows;
        }
    }

    public sealed record Growing() : Schedule
    {
        private int calls;
        public override double At(double rate, long step) => rate * ++calls;
    }

    public sealed record Lost(double Rate = 0.2) : Optimizer
    {
        protected internal override Optimizer Each(Fields fields) =>
            new Lost(fields.Real("rate", Rate, Interval.Positive) / 2);

        protected override void Update<T>(Stretch<T> at) => at.Direction.Map(g => T.CreateTruncating(Rate) * g);
    }

    public sealed record Hidden(double Rate = 0.1) : Schedule
    {
        public double Gain { get; init; } = 2;

        public override double At(double rate, long step) => rate * Gain;
    }

    public sealed record Listing(double Rate = 0.1) : Stopping
    {
        private readonly List<double> seen = [];

        public override string Watched => "train_loss";

        public override bool IsOver(IReadOnlyList<double> numbers) => seen.Count > 3;
    }

    public sealed record Forgetting(double Beta = 1, double Gamma = 1) : Schedule
    {
        protected internal override Schedule Each(Fields fields) =>
            this with { Beta = fields.Real("beta", Beta, Interval.Any) };

        public override double At(double rate, long step) => rate * Gamma;
    }

    public sealed record Returning(double Beta = 1) : Schedule
    {
        protected internal override Schedule Each(Fields fields) =>
            fields.Real("beta", Beta, Interval.Any) > 0 ? this : this;

        public override double At(double rate, long step) => rate * Beta;
    }

    public sealed record Silent() : LayerFunction
    {
        public override int OutputsOf(int inputs) => inputs;

        public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y) => y[0] = x[0];
    }

    public sealed record Misspelt() : Stopping
    {
        public override string Watched => "validation_acuracy";

        public override bool IsOver(IReadOnlyList<double> numbers) => false;
    }

    public sealed record Beside() : LayerFunction
    {
        public override int OutputsOf(int inputs) => inputs;

        public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y) => y[x.Length] = x[0];
    }

    public sealed record Nothing() : LayerFunction
    {
        public override int OutputsOf(int inputs) => 0;

        public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y) { }
    }

    public sealed record Slotless() : Optimizer
    {
        protected override void Update<T>(Stretch<T> at) => at.Direction.CopyTo(at.Slot(0));
    }

    public sealed record Negative() : Optimizer
    {
        public override int Slots => -1;

        protected override void Update<T>(Stretch<T> at) => at.Direction.Clear();
    }

    public sealed record Ruleless() : Optimizer;

    public sealed record Beyond() : Schedule
    {
        protected internal override Schedule Each(Fields fields) =>
            fields.Real("start", 11, Interval.Between(-9, 9)) > 0 ? this : new Beyond();

        public override double At(double rate, long step) => rate;
    }

    // Its value jumps where its derivative says that it does not.
    public sealed record Kinked() : ActivationFunction<Kinked>
    {
        public override T Value<T>(T z) => z + T.Of(Math.Floor(z.ToDouble() * 50));
    }
}
