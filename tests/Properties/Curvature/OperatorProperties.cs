using CsCheck;
using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Curvature;

/// <summary>
/// Operators are what they are of: products of a linearization, a matrix, a block of another operator.
/// </summary>
public sealed class OperatorProperties
{
    [Fact]
    public void An_operator_of_a_loss_gives_the_products_of_its_linearization() =>
        (from of in Spectrums.Losses
         from direction in Any.Direction(of.Network)
         select (of, direction)).Sample((of, direction) =>
        {
            var at = new Linearization<double>(of.Network, of.Loss, of.Samples);
            return of.Network.Hessian(of.Loss, of.Samples).Apply(direction.Direction)
                    == at.HessianProduct(direction).Direction
                && of.Network.GaussNewton(of.Loss, of.Samples).Apply(direction.Direction)
                    == at.GaussNewtonProduct(direction).Direction
                && (!of.Loss.IsLikelihood || of.Network.Fisher(of.Loss, of.Samples).Apply(direction.Direction)
                    == at.FisherProduct(direction).Direction);
        });

    [Fact]
    public void A_vector_has_the_product_that_it_has_alone() =>
        (from of in Spectrums.Losses
         from directions in Any.Direction(of.Network).Array[0, 5]
         select (of, directions)).Sample((of, directions) =>
        {
            var hessian = of.Network.Hessian(of.Loss, of.Samples);
            Vec<double>[] vectors = [.. directions.Select(direction => direction.Direction)];
            return hessian.Apply(vectors).SequenceEqual(vectors.Select(hessian.Apply));
        });

    [Fact]
    public void The_matrix_of_an_operator_is_symmetric() => Spectrums.Hessian.Sample(hessian =>
    {
        var matrix = hessian.ToMatrix();
        double size = matrix.Cells.Span.ToArray().Select(Math.Abs).Max();
        return (from row in Enumerable.Range(0, matrix.Rows)
                from column in Enumerable.Range(0, row)
                select Math.Abs(matrix[row, column] - matrix[column, row])).All(off => off <= 1e-12 * size);
    }, iter: 30);

    [Fact]
    public void Blocks_of_layers_are_blocks_of_the_matrix_and_their_traces_add_up() => Spectrums.Losses.Sample(of =>
    {
        var hessian = of.Network.Hessian(of.Loss, of.Samples);
        var matrix = hessian.ToMatrix();
        int first = 0;
        double traces = 0;
        foreach (var block in of.Network.LayerBlocks(hessian))
        {
            var own = block.ToMatrix();
            for (int row = 0; row < block.Size; row++)
                for (int column = 0; column < block.Size; column++)
                    if (own[row, column] != matrix[first + row, first + column]) return false;
            first += block.Size;
            traces += block.Trace();
        }
        double size = Enumerable.Range(0, matrix.Rows).Sum(i => Math.Abs(matrix[i, i]));
        return first == hessian.Size && Math.Abs(traces - hessian.Trace()) <= 1e-13 * size;
    }, iter: 30);

    [Fact]
    public void Many_rows_are_the_mean_of_their_chunks_to_rounding() =>
        (from network in Any.SmoothNetwork.Where(network => network.Parameters.Length > 0)
         from loss in Any.SmoothLoss
         from rows in Gen.Int[1025, 2100]
         from samples in Any.Samples(network.Architecture, loss, rows)
         from direction in Any.Direction(network)
         select (network, loss, samples, direction)).Sample((network, loss, samples, direction) =>
        {
            var (chunked, whole) = (
                network.Hessian(loss, samples).Apply(direction.Direction),
                network.HessianProduct(loss, samples, direction).Direction);
            double size = whole.Span.ToArray().Select(Math.Abs).Max();
            return chunked.Span.ToArray().Zip([.. whole.Span], (x, y) => Math.Abs(x - y))
                .All(off => off <= 1e-11 * (1 + size));
        }, iter: 5);

    [Fact]
    public void What_is_no_operator_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LinearOperator<double>.Of(new Matrix<double>(1, 2, [1.0, 2.0])));
        Assert.Throws<ArgumentException>(() =>
            LinearOperator<double>.Of(new Matrix<double>(2, 2, [1.0, 2.0, 3.0, 4.0])));
        var unit = LinearOperator<double>.Of(new Matrix<double>(2, 2, [1.0, 0.0, 0.0, 1.0]));
        Assert.Throws<ArgumentException>(() => unit.Apply(Vec<double>.Of(1.0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => unit.Block(1, 2));
    }
}
