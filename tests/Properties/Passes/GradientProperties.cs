using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Passes;

/// <summary>Backward is the derivative of forward, and composes as derivatives do.</summary>
public sealed class GradientProperties
{
    private const double H = 3e-4;
    private static readonly double[] Steps = [H, 3e-5]; // where a function bends sharply, a shorter one

    private sealed record Case(
        Network<double> Network, Loss Loss, Mode Mode, Samples<double> Samples, Gradient<double> Direction,
        Matrix<double> InputDirection);

    private static Gen<Case> Cases(Gen<Network<double>> networks, Gen<Loss> losses) =>
        from network in networks
        from loss in losses
        from mode in Any.Mode
        from rows in Gen.Int[1, 5]
        from samples in Any.Samples(network.Architecture, loss, rows)
        from direction in Any.Direction(network)
        from inputDirection in Any.Matrix(rows, network.Architecture.Inputs)
        select new Case(network, loss, mode, samples, direction, inputDirection);

    [Fact]
    public void Backward_is_the_derivative_of_forward() => Cases(Any.SmoothNetwork, Any.SmoothLoss).Sample(c =>
        Steps.Any(step => Agree(
            Gradient(c).Dot(c.Direction),
            FiniteDifference.Central(h => LossAt(c, c.Network + h * c.Direction, c.Samples.Inputs), step),
            Gradient(c).Norm(), c)),
        iter: 400);

    [Fact]
    public void Backward_reaches_the_inputs() => Cases(Any.SmoothNetwork, Any.SmoothLoss).Sample(c =>
        Steps.Any(step => Agree(new Gradient<double>(ToInputs(c).Cells).Dot(new(c.InputDirection.Cells)),
            FiniteDifference.Central(h => LossAt(c, c.Network, Moved(c, h)), step),
            new Gradient<double>(ToInputs(c).Cells).Norm() * 3, c)),
        iter: 400);

    // A difference across a kink of an activation or a loss is wrong, so where one step disagrees a
    // much shorter one may speak.
    [Fact]
    public void Backward_is_the_derivative_of_forward_away_from_kinks() =>
        Cases(Any.Networks(Any.Architectures(Any.Activation)), Any.Loss).Sample(c =>
            new[] { H, 1e-5, 3e-7 }.Any(h =>
                Agree(
                    Gradient(c).Dot(c.Direction),
                    FiniteDifference.Central(t => LossAt(c, c.Network + t * c.Direction, c.Samples.Inputs), h),
                    Gradient(c).Norm(), c, 1e-10 / h)),
            iter: 200);

    [Fact]
    public void The_gradient_of_a_penalty_is_its_derivative() =>
        Gen.Select(
            Any.Network, Gen.OneOf<Penalty>(new Penalty.L1(0.3), new Penalty.L2(0.7), new Penalty.ElasticNet(0.2, 0.4)))
            .SelectMany((network, penalty) => Any.Direction(network).Select(v => (network, penalty, v)))
            .Sample((network, penalty, v) =>
                new[] { H, 1e-6, 1e-8 }.Any(h => Math.Abs(penalty.ValueAndGradient(network).Gradient.Dot(v)
                    - FiniteDifference.Central(t => penalty.ValueAndGradient(network + t * v).Value, h))
                    <= 1e-12 / h * (1 + penalty.ValueAndGradient(network).Value)),
                iter: 200);

    [Fact]
    public void The_backward_of_a_composition_is_the_composition_of_the_backwards() =>
        Gen.Select(Cases(Any.Network, Any.Loss).Where(c => c.Mode == Mode.Inference), Gen.Int[0, 4]).Sample((c, at) =>
        {
            int cut = Math.Min(at, c.Network.Architecture.Layers.Count);
            var (before, from) = (c.Network.Before(cut), c.Network.From(cut));
            var (middle, first) = before.Forward(c.Samples.Inputs);
            var (output, second) = from.Forward(middle);
            var delta = c.Loss.ValueAndDelta(output, c.Samples.Targets, c.Samples.Weights).Delta;
            var (late, toMiddle) = from.Backward(second, delta);
            var (early, toInputs) = before.Backward(first, toMiddle);
            return Vec<double>.Of([.. early.Direction.Span, .. late.Direction.Span]) == Gradient(c).Direction
                && toInputs == ToInputs(c);
        }, iter: 200);

    [Fact]
    public void Backward_is_linear_in_what_comes_from_the_outputs() => Cases(Any.Network, Any.Loss).Sample(c =>
    {
        var (output, tape) = c.Network.Forward(c.Samples.Inputs, c.Mode);
        var delta = new Gradient<double>(Draw.Normal<double>(Key.FromSeed(1), output.Cells.Length));
        var other = new Gradient<double>(Draw.Normal<double>(Key.FromSeed(2), output.Cells.Length));
        Gradient<double> Back(Gradient<double> from) =>
            c.Network.Backward(tape, new(output.Rows, output.Columns, from.Direction)).Gradient;
        return Near.Equal(Back(delta + 2 * other).Direction, (Back(delta) + 2 * Back(other)).Direction, 1e-12);
    }, iter: 200);

    [Fact]
    public void Backward_leaves_its_tape_as_it_was() => Cases(Any.Network, Any.Loss).Sample(c =>
        Gradient(c) == Gradient(c) && c.Network.Forward(c.Samples.Inputs, c.Mode).Tape is var tape
        && c.Network.Backward(tape, tape.Output) is var once && c.Network.Backward(tape, tape.Output) == once,
        iter: 100);

    private static bool Agree(double derivative, double difference, double size, Case c, double relative = 1e-6) =>
        Math.Abs(derivative - difference)
        <= relative * (size + 1e-4 * (1 + Math.Abs(LossAt(c, c.Network, c.Samples.Inputs))));

    private static double LossAt(Case c, Network<double> network, Matrix<double> inputs) =>
        c.Loss.Value(network.Forward(inputs, c.Mode).Output, c.Samples.Targets, c.Samples.Weights);

    private static Matrix<double> Moved(Case c, double h) =>
        new(c.Samples.Inputs.Rows, c.Samples.Inputs.Columns, (new Gradient<double>(c.Samples.Inputs.Cells)
            + h * new Gradient<double>(c.InputDirection.Cells)).Direction);

    private static Gradient<double> Gradient(Case c) => Backward(c).Gradient;
    private static Matrix<double> ToInputs(Case c) => Backward(c).ToInputs;

    private static (Gradient<double> Gradient, Matrix<double> ToInputs) Backward(Case c)
    {
        var (output, tape) = c.Network.Forward(c.Samples.Inputs, c.Mode);
        return c.Network.Backward(tape, c.Loss.ValueAndDelta(output, c.Samples.Targets, c.Samples.Weights).Delta);
    }
}
