using CsCheck;
using Functional;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Numbers;

/// <summary>A table of bytes cannot be told from the table of the same numbers.</summary>
public sealed class ByteMatrixProperties
{
    private static readonly Gen<(Matrix<double> Bytes, Matrix<double> Numbers, int[] Rows)> Tables =
        from rows in Gen.Int[1, 9]
        from columns in Gen.Int[1, 20]
        from cells in Gen.Byte.Array[rows * columns]
        from picked in Gen.Int[0, rows - 1].Array[0, 12]
        select (
            new Matrix<double>(rows, columns, Vec<byte>.Of(cells)),
            new Matrix<double>(rows, columns, Vec<double>.Of([.. cells.Select(cell => (double)cell)])), picked);

    [Fact]
    public void Its_cells_are_the_numbers() => Tables.Sample((bytes, numbers, _) =>
        bytes == numbers && bytes.Cells == numbers.Cells && bytes.GetHashCode() == numbers.GetHashCode());

    [Fact]
    public void Rows_of_rows_are_the_rows() => Tables.Sample((bytes, numbers, rows) =>
        bytes.Select(rows) == numbers.Select(rows)
        && Enumerable.Range(0, rows.Length)
            .All(row => bytes.Select(rows).Row(row, new double[bytes.Columns]).SequenceEqual(numbers.Row(rows[row])))
        && rows.Select((_, at) => at).ToArray() is var all && bytes.Select(rows).Select(all) == numbers.Select(rows)
        && rows.All(row => bytes[row, 0].Equals(numbers[row, 0])));

    [Fact]
    public void Another_precision_is_the_same_numbers() => Tables.Sample((bytes, numbers, rows) =>
        bytes.To<float>().Select(rows) == numbers.To<float>().Select(rows) && bytes.To<float>().To<double>() == bytes);

    [Fact]
    public void It_is_scaled_as_the_numbers_are() => Gen.Select(Tables, Gen.OneOf<Scaler>(
        Gen.Const<Scaler>(new Scaler.None()), Gen.Const<Scaler>(new Scaler.Standard()),
        Gen.Const<Scaler>(new Scaler.Range()))).Sample((tables, scaler) =>
        scaler.Learn(tables.Bytes) == scaler.Learn(tables.Numbers)
        && scaler.Learn(tables.Bytes).Apply<float>(tables.Bytes)
            == scaler.Learn(tables.Numbers).Apply<float>(tables.Numbers));
}
