using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Passes;

/// <summary>Derivatives along directions: forward mode, and second derivatives, beside backward and
/// beside differences.</summary>
public sealed class TangentProperties
{
    private static readonly double[] Steps = [3e-4, 3e-5, 3e-6]; // where a function bends sharply, a shorter one

    private sealed record Case(
        Network<double> Network, Loss Loss, Mode Mode, Samples<double> Samples, Gradient<double> U, Gradient<double> V,
        Matrix<double> InputDirection, Matrix<double> OutputDirection)
    {
        public Gradient<double> GradientAt(Network<double> network) =>
            network.LossGradient(Loss, Samples, Mode).Gradient;
        public Gradient<double> Hessian(Gradient<double> along) => Network.HessianProduct(Loss, Samples, along, Mode);
        public Gradient<double> GaussNewton(Gradient<double> along) =>
            Network.GaussNewtonProduct(Loss, Samples, along, Mode);
    }

    private static Gen<Case> Cases(Gen<Network<double>> networks, Gen<Loss> losses) =>
        from network in networks
        from loss in losses
        from mode in Any.Mode
        from rows in Gen.Int[1, 5]
        from samples in Any.Samples(network.Architecture, loss, rows)
        from u in Any.Direction(network)
        from v in Any.Direction(network)
        from inputDirection in Any.Matrix(rows, network.Architecture.Inputs)
        from outputDirection in Any.Matrix(rows, network.Architecture.Outputs)
        select new Case(network, loss, mode, samples, u, v, inputDirection, outputDirection);

    private static readonly Gen<Case> All = Cases(Any.Network, Any.Loss),
        Smooth = Cases(Any.SmoothNetwork, Any.SmoothLoss);

    [Fact]
    public void Forward_mode_and_reverse_mode_are_transposes() => All.Sample(c =>
    {
        var moving = c.Network.Jvp(c.Samples.Inputs, c.V, c.InputDirection, c.Mode).Tangent;
        var (_, gradient, toInputs) = c.Network.Vjp(c.Samples.Inputs, c.OutputDirection, c.Mode);
        double forward = Dot(c.OutputDirection, moving), reverse = gradient.Dot(c.V) + Dot(toInputs, c.InputDirection);
        return Math.Abs(forward - reverse) <= 1e-12 * (1 + gradient.Norm() + Norm(toInputs) * Norm(c.InputDirection));
    }, iter: 500);

    [Fact]
    public void Inputs_that_stand_still_move_along_zeros() => All.Sample(c =>
        Near.Equal(
            c.Network.Jvp(c.Samples.Inputs, c.V, mode: c.Mode).Tangent,
            c.Network.Jvp(c.Samples.Inputs, c.V, Zero(c.InputDirection), c.Mode).Tangent, 1e-13));

    [Fact]
    public void The_outputs_of_forward_mode_are_those_of_forward() => All.Sample(c =>
        c.Network.Jvp(c.Samples.Inputs, c.V, c.InputDirection, c.Mode).Output
        == c.Network.Forward(c.Samples.Inputs, c.Mode).Output);

    [Fact]
    public void The_product_with_the_Hessian_is_the_difference_of_gradients() => Smooth.Sample(c =>
        Steps.Any(step =>
        {
            double difference = FiniteDifference.Central(h => c.GradientAt(c.Network + h * c.V).Dot(c.U), step),
                product = c.Hessian(c.V).Dot(c.U);
            return Math.Abs(difference - product)
                <= 1e-5 * (c.Hessian(c.V).Norm() + c.GradientAt(c.Network).Norm() + 1e-4);
        }), iter: 400);

    [Fact]
    public void The_Hessian_is_symmetric() => All.Sample(c =>
        Math.Abs(c.U.Dot(c.Hessian(c.V)) - c.Hessian(c.U).Dot(c.V))
        <= 1e-12 * (1 + c.Hessian(c.U).Norm() + c.Hessian(c.V).Norm()),
        iter: 500);

    [Fact]
    public void The_product_with_the_Hessian_is_linear() => Gen.Select(All, Gen.Double[-3, 3]).Sample((c, s) =>
        Near.Equal(c.Hessian(c.U + s * c.V).Direction, (c.Hessian(c.U) + s * c.Hessian(c.V)).Direction, 1e-11));

    [Fact]
    public void Gauss_Newton_is_symmetric_and_for_a_convex_loss_positive_semidefinite() => All.Sample(c =>
        c.V.Dot(c.GaussNewton(c.V)) >= -1e-13 * (1 + c.GaussNewton(c.V).Norm())
        && Math.Abs(c.U.Dot(c.GaussNewton(c.V)) - c.GaussNewton(c.U).Dot(c.V))
            <= 1e-12 * (1 + c.GaussNewton(c.U).Norm() + c.GaussNewton(c.V).Norm()));

    [Fact]
    public void The_Fisher_information_is_positive_semidefinite_and_for_a_likelihood_in_its_natural_parameter_it_is_Gauss_Newton() =>
        Cases(Any.Network, Any.Loss.Where(loss => loss.IsLikelihood)).Sample(c =>
        {
            var fisher = c.Network.FisherProduct(c.Loss, c.Samples, c.V, c.Mode);
            return fisher.Dot(c.V) >= -1e-13 * (1 + fisher.Norm())
                && Near.Equal(fisher.Direction, c.GaussNewton(c.V).Direction, 1e-12);
        });

    [Fact]
    public void A_linear_network_has_no_curvature_but_the_losss() =>
        Cases(Any.LinearNetwork.Where(network => network.Architecture.Layers.Count == 1), Any.Loss)
            .Where(c => c.Mode == Mode.Inference).Sample(c =>
                Near.Equal(c.Hessian(c.V).Direction, c.GaussNewton(c.V).Direction, 1e-11)
                || c.Network.Architecture.Layers[0] is not Functional.Dense);

    [Fact]
    public void The_columns_of_the_Hessian_are_its_products_and_its_trace_is_the_sum_of_its_eigenvalues() =>
        All.Where(c => c.Network.Parameters.Length is > 0 and < 40).Sample(c =>
    {
        var hessian = c.Network.Hessian(c.Loss, c.Samples, c.Mode).ToMatrix();
        var table = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            hessian.Rows, hessian.Columns, (row, column) => (hessian[row, column] + hessian[column, row]) / 2);
        double trace = c.Network.HessianTrace(c.Loss, c.Samples, c.Mode), size = 1 + table.FrobeniusNorm();
        return Near.Equal(
            Vec<double>.Of(
                (table * MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(c.V.Direction.Span.ToArray()))
                    .ToArray()),
            c.Hessian(c.V).Direction, 1e-11 * size)
            && Math.Abs(
                table.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Sum(value => value.Real)
                    - trace)
                <= 1e-11 * size
            && table.EnumerateIndexed().All(
                cell => Math.Abs(hessian[cell.Item1, cell.Item2] - hessian[cell.Item2, cell.Item1]) <= 1e-12 * size);
    }, iter: 60);

    [Fact]
    public void The_Jacobian_is_every_product_with_it() => All.Where(c => c.Network.Parameters.Length > 0).Sample(c =>
    {
        var jacobian = c.Network.Jacobian(c.Samples.Inputs, c.Mode);
        var along = c.Network.Jvp(c.Samples.Inputs, c.V, mode: c.Mode).Tangent;
        return Enumerable.Range(0, jacobian.Rows).All(row =>
            Math.Abs(new Gradient<double>(Vec<double>.Of(jacobian.Row(row))).Dot(c.V) - along.Cells[row])
            <= 1e-12 * (1 + Near.Largest(jacobian.Cells)));
    }, iter: 100);

    [Fact]
    public void The_gradients_of_single_samples_add_up_to_that_of_the_batch() =>
        Cases(Any.Network, Any.Loss).Where(c => c.Mode == Mode.Inference).Sample(c =>
    {
        var one = c.Samples with { Weights = null };
        var each = c.Network.PerSampleGradients(c.Loss, one);
        var mean = Enumerable.Range(0, each.Rows).Select(row => new Gradient<double>(Vec<double>.Of(each.Row(row))))
            .Aggregate((x, y) => x + y);
        double share = c.Loss is HalfSumSquaredError ? 1 : 1.0 / each.Rows;
        return Near.Equal((share * mean).Direction, c.Network.LossGradient(c.Loss, one).Gradient.Direction, 1e-12);
    });

    [Fact]
    public void The_estimated_trace_is_near_the_trace() =>
        Cases(Any.SmoothNetwork, Any.SmoothLoss).Where(c => c.Network.Parameters.Length is > 3 and < 60).Sample(c =>
    {
        var (trace, error) = c.Network.HessianTrace(c.Loss, c.Samples, Key.FromSeed(5), 200, c.Mode);
        return Math.Abs(trace - c.Network.HessianTrace(c.Loss, c.Samples, c.Mode)) <= 6 * error + 1e-9;
    }, iter: 40);

    [Fact]
    public void A_loss_without_a_distribution_has_no_Fisher_information()
    {
        var network = Network<double>.Init(
            Architecture.Of(2, new Functional.Dense(1)), new Initializer.Zeros(), default);
        var samples = new Samples<double>(new(1, 2, Vec<double>.Of(1, 2)), new(1, 1, Vec<double>.Of(1)));
        var fault = Assert.Throws<ArgumentException>(
            () => network.FisherProduct(new Huber(), samples, new(Vec<double>.Zeros(3))));
        Assert.Contains("huber is not minus the logarithm of a probability", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a direction of 2 numbers does not fit a network of 3 parameters",
            Assert.Throws<ArgumentException>(
                () => network.HessianProduct(new Huber(), samples, new(Vec<double>.Zeros(2)))).Message,
            StringComparison.Ordinal);
    }

    private static double Dot(Matrix<double> x, Matrix<double> y) => new Gradient<double>(x.Cells).Dot(new(y.Cells));
    private static double Norm(Matrix<double> x) => new Gradient<double>(x.Cells).Norm();
    private static Matrix<double> Zero(Matrix<double> like) =>
        new(like.Rows, like.Columns, Vec<double>.Zeros(like.Cells.Length));
}
