using CsCheck;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Numbers;

/// <summary>Vectors and tables as programs meet them: one by one, as arrays, as MathNet's;
/// and bits stay bits.</summary>
public sealed class ConversionProperties
{
    private static readonly Gen<Matrix<double>> Tables =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5]).SelectMany((rows, columns) => Any.Matrix(rows, columns));

    [Fact]
    public void Arrays_and_MathNet_there_and_back() => Tables.Sample(table =>
        Matrix.Of(table.ToArray()) == table && table.ToMathNet().ToMatrix() == table
        && Vec.Of<double>(table.Cells.ToArray()) == table.Cells && table.Cells.ToMathNet().ToVec() == table.Cells
        && table.ToArray()[table.Rows - 1, 0] == table[table.Rows - 1, 0]
        && table.ToMathNet()[table.Rows - 1, 0] == table[table.Rows - 1, 0]);

    [Fact]
    public void Numbers_and_samples_come_one_by_one() => Tables.Sample(table =>
    {
        var seen = new List<double>();
        foreach (double number in table.Cells) seen.Add(number);
        return seen.SequenceEqual(table.Cells.ToArray()) && table.Cells.Skip(1).SequenceEqual(seen.Skip(1))
            && table.SelectMany(sample => sample).SequenceEqual(seen) && table.Count() == table.Rows
            && table.All(sample => sample.Length == table.Columns);
    });

    [Fact]
    public void A_collection_expression_is_a_vector()
    {
        Vec<double> three = [1, 2, 3];
        Assert.Equal(Vec<double>.Of(1, 2, 3), three);
        Assert.Equal(6, three.Sum());
    }

    // A test's comparison number by number would call these equal, or these different.
    [Fact]
    public void Equal_is_equal_to_the_bit()
    {
        Assert.NotEqual(Vec<double>.Of(0.0), Vec<double>.Of(-0.0));
        Assert.Equal(Vec<double>.Of(double.NaN), Vec<double>.Of(double.NaN));
        Assert.NotEqual(new Matrix<double>(1, 1, Vec<double>.Of(0.0)), new(1, 1, Vec<double>.Of(-0.0)));
        Assert.NotEqual(new Matrix<double>(1, 2, Vec<double>.Of(0, 1)), new(2, 1, Vec<double>.Of(0, 1)));
    }
}
