using CsCheck;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Properties.Generators;
using Xunit;

namespace Properties.Differentiation;

/// <summary>The networks' passes against a batch's loss written number by number and differentiated automatically: every layer, activation and loss, the program's own ones
/// too.</summary>
public sealed class TextbookProperties
{
    private sealed record Case(Network<double> Network, Loss Loss, Samples<double> Samples, Mode Mode, Gradient<double> Along)
    {
        public T At<T>(T[] parameters) where T : IReal<T> => TextbookNetwork.Loss(Network, parameters, Loss, Samples, Mode);
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
        Any.Networks(Any.Architectures(Gen.OneOf(Any.Activation, Gen.OneOf([.. Custom.Activations.Select(pair => pair.Own)])))),
        Gen.OneOf(Any.Loss, Gen.OneOf([.. Custom.Losses.Select(pair => pair.Own)])));

    private static readonly Gen<Case> Smooth = Cases(Any.SmoothNetwork, Any.SmoothLoss);

    [Fact]
    public void The_loss_of_a_batch_is_the_textbooks() => All.Sample(c =>
        Same([c.At([.. c.Parameters.Select(Real.Of)]).Value], [c.Network.LossGradient(c.Loss, c.Samples, c.Mode).Value], 1e-12), iter: 400);

    [Fact]
    public void Backward_is_reverse_mode() => All.Sample(c =>
        Same(Reverse.Gradient(c.At, c.Parameters), c.Network.LossGradient(c.Loss, c.Samples, c.Mode).Gradient.Direction.Span.ToArray(), 1e-11), iter: 300);

    [Fact]
    public void The_gradient_times_a_direction_is_forward_mode() => All.Sample(c =>
        Same([Forward.Along(c.At, c.Parameters, c.Along.Direction.Span)], [c.Network.LossGradient(c.Loss, c.Samples, c.Mode).Gradient.Dot(c.Along)], 1e-11), iter: 300);

    [Fact]
    public void The_product_with_the_Hessian_is_reverse_mode_on_dual_numbers() => Smooth.Sample(c =>
        Same(Reverse.HessianProduct(c.At, c.Parameters, c.Along.Direction.Span), c.Network.HessianProduct(c.Loss, c.Samples, c.Along, c.Mode).Direction.Span.ToArray(), 1e-9), iter: 300);

    private static bool Same(double[] x, double[] y, double relative) =>
        x.Length == y.Length && x.Zip(y, (a, b) => Math.Abs(a - b) <= relative * (1 + y.Max(Math.Abs))).All(near => near);
}
