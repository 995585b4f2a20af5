using System.ComponentModel.DataAnnotations;
using Functional;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Properties.Facade;

// Parts of a program's own, as docs/own-parts.md shows them.
#pragma warning disable RS0030

// begin: own-parts
public sealed record Swish(double Beta = 1) : ActivationFunction<Swish>          // derivatives by dual numbers
{
    public override T Value<T>(T z) => z / (1 + T.Exp(-Beta * z));
}

public sealed record SignDescent(double Rate = 0.01) : Optimizer                 // a rule on a direction
{
    protected override void Update<T>(Stretch<T> at)
    {
        double rate = at.Rate(Rate);                                             // as the schedule has it at this step
        at.Direction.Map(g => rate * T.Sign(g));
    }
}
// end: own-parts

// begin: own-layer
// y_i = s_i x_i, s is learned
public sealed record Scale([property: Range(-9.0, 9.0)] double Start = 1) : LayerFunction
{
    public override int OutputsOf(int inputs) => inputs;

    public override int ParametersOf(int inputs) => inputs;

    public override double First(int inputs, int parameter, Key key) => Start;

    public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = parameters[i] * x[i];
    }
}
// end: own-layer

public sealed record HeavyBall(double Decay = 0.9, double Rate = 0.01) : Optimizer
{
    public override int Slots => 1;

    public override bool IsElementwise => true;

    protected override void Update<T>(Stretch<T> at)
    {
        var velocity = at.Slot(0);
        for (int i = 0; i < velocity.Length; i++)
        {
            velocity[i] = T.CreateTruncating(Decay) * velocity[i] + at.Direction[i];
            at.Direction[i] = T.CreateTruncating(at.Rate(Rate)) * velocity[i];
        }
    }
}

public sealed record Halving(int Every = 10) : Schedule
{
    public override double At(double rate, long step) => rate / (1L << (int)Math.Min(step / Every, 40));
}

public sealed record AfterEpochs(int Epochs = 3) : Stopping
{
    public override string Watched => "train_loss";

    public override bool IsOver(IReadOnlyList<double> numbers) => numbers.Count >= Epochs;
}

public sealed record Diagonal(int Samples = 100) : Toy
{
    public override Problem Problem { get; } = new Problem.Classification(2);

    public override int? InputCount => 2;

    public override string Description => "points above and below the diagonal";

    public override Dataset<double> Make(Key key)
    {
        var points = Draw.Uniform<double>(key, 2 * Samples, -1, 1);
        return Dataset.Of(
            new Matrix<double>(Samples, 2, points),
            Enumerable.Range(0, Samples).Select(row => points[2 * row + 1] > points[2 * row] ? 1 : 0).ToArray());
    }
}
