using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Networks;
using Properties.Generators;
using Xunit;

namespace Properties.Differentiation;

/// <summary>The networks' passes against a batch's loss written number by number and differentiated automatically:
/// every layer, activation and loss, the program's own ones too.</summary>
public sealed class TextbookProperties
{
    private sealed record Case(
        Network<double> Network, Loss Loss, Samples<double> Samples, Mode Mode, Gradient<double> Along)
    {
        public T At<T>(T[] parameters) where T : IReal<T> =>
            TextbookNetwork.Loss(Network, parameters, Loss, Samples, Mode);
        public double[] Parameters => Network.Parameters.Span.ToArray();
    }

    private static Gen<Case> Cases(Gen<Network<double>> networks, Gen<Loss> losses) =>
        from network in networks
        from loss in losses
        from rows in Gen.Int[2, 4]
        from samples in Any.Samples(network.Architecture, loss, rows)
        from mode in Any.Mode
        from along in Any.Direction(network)
        select new Case(network, loss, samples, mode, along);

    private static readonly Gen<Case> All = Cases(
        Any.Networks(
            Any.Architectures(Gen.OneOf(Any.Activation, Gen.OneOf([.. Custom.Activations.Select(pair => pair.Own)])))),
        Gen.OneOf(Any.Loss, Gen.OneOf([.. Custom.Losses.Select(pair => pair.Own)])));

    private static readonly Gen<Case> Smooth = Cases(Any.SmoothNetwork, Any.SmoothLoss);

    [Fact]
    public void The_loss_of_a_batch_is_the_textbooks() => All.Sample(c =>
        Same(
            [c.At([.. c.Parameters.Select(Real.Of)]).Value],
            [c.Network.LossGradient(c.Loss, c.Samples, c.Mode).Value], 1e-12),
        iter: 400);

    [Fact]
    public void Backward_is_reverse_mode() => All.Sample(c =>
        Same(
            Reverse.Gradient(c.At, c.Parameters),
            c.Network.LossGradient(c.Loss, c.Samples, c.Mode).Gradient.Direction.Span.ToArray(), 1e-12),
        iter: 300);

    [Fact]
    public void The_gradient_times_a_direction_is_forward_mode() => All.Sample(c =>
        Same(
            [Forward.Along(c.At, c.Parameters, c.Along.Direction.Span)],
            [c.Network.LossGradient(c.Loss, c.Samples, c.Mode).Gradient.Dot(c.Along)], 1e-12),
        iter: 300);

    // A formula of a whole network grows with every path through it: small ones, without layers that mix a batch.
    private static readonly Gen<Case> Small = Cases(
        from widths in Gen.Int[1, 3].Array[2, 3]
        from phi in Any.SmoothActivation
        from bias in Gen.Bool
        from network in Any.Networks(
            Gen.Const(Architecture.Of(widths[0], [.. widths[1..].Select(units => new Dense(units, phi, bias))])))
        select network, Any.SmoothLoss);

    [Fact]
    public void The_gradient_is_the_derivative_of_the_networks_formula() => Small.Sample(c =>
    {
        Symbol[] names = [.. c.Parameters.Select((_, i) => Formula.Named($"p{i}"))];
        var numbers = Enumerable.Zip(names, c.Parameters).ToDictionary(pair => pair.First, pair => pair.Second);
        var formula = c.At<Traced>([.. names.Zip(c.Parameters, (name, value) => new Traced(value, name))]).Formula;
        var (value, gradient, _) = c.Network.LossGradient(c.Loss, c.Samples, c.Mode);
        return Same([formula.At<Real>(name => numbers[name]).Value], [value], 1e-12)
            && Same(
                [.. names.Select(name => formula.Derivative(name).At<Real>(symbol => numbers[symbol]).Value)],
                gradient.Direction.Span.ToArray(), 1e-12);
    }, iter: 100);

    [Fact]
    public void The_product_with_the_Hessian_is_reverse_mode_on_dual_numbers() => Smooth.Sample(c =>
        Same(
            Reverse.HessianProduct(c.At, c.Parameters, c.Along.Direction.Span),
            c.Network.HessianProduct(c.Loss, c.Samples, c.Along, c.Mode).Direction.Span.ToArray(), 1e-9),
        iter: 300);

    private static bool Same(double[] x, double[] y, double relative) =>
        x.Length == y.Length
        && x.Zip(y, (a, b) => Math.Abs(a - b) <= relative * (1 + y.Max(Math.Abs))).All(near => near);
}
