using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Data;

/// <summary>Filling and scaling learn of each column what they learn of that column alone, to the bit.</summary>
public sealed class ColumnwiseProperties
{
    /// <summary>Columns of different sizes and places, with gaps; some are constant, some repeat.</summary>
    private static readonly Gen<(Matrix<double> Inputs, Vec<double>? Weights)> Tables =
        from rows in Gen.Int[1, 30]
        from columns in Gen.OneOf(Gen.Int[1, 8], Gen.Int[9, 40])
        from key in Any.Key
        from kinds in Gen.Int[0, 3].Array[columns]
        from gaps in Gen.Double[0, 0.6]
        from weights in Gen.Frequency((1, Gen.Const((Vec<double>?)null)),
            (1, Gen.Const((Vec<double>?)Draw.Uniform<double>(key.At(2), rows, 0.1, 3))))
        let cells = Draw.Normal<double>(key.At(0), rows * columns)
        let holes = Draw.Uniform<double>(key.At(1), rows * columns)
        select (new Matrix<double>(rows, columns, Vec<double>.Of([.. Enumerable.Range(0, rows * columns).Select(i =>
            holes[i] < gaps ? double.NaN : Cell(kinds[i % columns], i % columns, cells[i]))])), weights);

    private static double Cell(int kind, int column, double x) => kind switch
    {
        0 => column - 7.5,
        1 => Math.Round(2 * x) + column,
        2 => 1e6 * column + x,
        _ => x * Math.Pow(10, column % 9 - 4),
    };

    private static readonly Gen<MissingCells> Ways = Gen.OneOf<MissingCells>(
        new MissingCells.Mean(), new MissingCells.Median(), new MissingCells.MostFrequent(),
            new MissingCells.Constant(-3.25));

    [Fact]
    public void A_column_is_filled_as_alone() => Gen.Select(Tables, Ways).Sample((table, way) =>
        Filling.Learn(way, table.Inputs, null, table.Weights)! is var all && Columns(table.Inputs).All(column =>
            Same(all[column], Filling.Learn(way, Alone(table.Inputs, column), null, table.Weights)![0])));

    [Fact]
    public void A_column_is_scaled_as_alone() =>
        Gen.Select(Tables, Ways, Gen.OneOf([.. Scaler.Kinds.Prototypes])).Sample((table, way, scaler) =>
    {
        var fill = Filling.Learn(way, table.Inputs, null, table.Weights)!;
        var all = scaler.Learn(table.Inputs, fill, table.Weights);
        return Columns(table.Inputs).All(column =>
        {
            var own = scaler.Learn(Alone(table.Inputs, column), Vec<double>.Of(fill[column]), table.Weights);
            return Same(all.Shift[column], own.Shift[0]) && Same(all.Factor[column], own.Factor[0]);
        });
    });

    [Fact]
    public void A_column_is_encoded_as_alone() =>
        Gen.Select(Tables, Ways, Gen.OneOf([.. Scaler.Kinds.Prototypes])).Sample((table, way, scaler) =>
    {
        Matrix<double> Encoded(Matrix<double> inputs) =>
            Dataset<double>.Of(new Problem.Regression(1), inputs, new(inputs.Rows, 1, Vec<double>.Zeros(inputs.Rows)),
                table.Weights) is var data
                ? Encoding.Learn(data, way, scaler, null).Inputs<double>(inputs) : inputs;
        var all = Encoded(table.Inputs);
        return Columns(table.Inputs).All(column => Alone(all, column) == Encoded(Alone(table.Inputs, column)));
    });

    private static IEnumerable<int> Columns(Matrix<double> inputs) => Enumerable.Range(0, inputs.Columns);

    private static Matrix<double> Alone(Matrix<double> inputs, int column) =>
        new(inputs.Rows, 1, Vec<double>.Of([.. Enumerable.Range(0, inputs.Rows).Select(row => inputs[row, column])]));

    private static bool Same(double x, double y) =>
        BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);
}
