using CsCheck;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>A message about a cell names its row in the file, also where rows before it were left out.</summary>
public sealed class RowNumberProperties
{
    private const int Rows = 24;

    private static readonly Gen<(int At, int[] Gone)> Places = Gen.Int[2, Rows].SelectMany(at =>
        Gen.Int[1, at - 1].Array[1, 6].Select(gone => (at, gone)));

    private static string Text(string header, Func<int, string> row) =>
        $"{header}\n{string.Concat(Enumerable.Range(1, Rows).Select(number => $"{row(number)}\n"))}";

    private static string Refusal(string text, string? weight = null, Func<Settings, Settings>? edit = null) =>
        Assert.Throws<InvalidInputException>(() =>
        Mlp.Regressor([2]).Train(
            TableFile.Read(new StringReader(text), "t.csv", new()), "y",
            settings => (edit ?? (same => same))(settings with { Epochs = 1, Missing = new MissingCells.Drop() }),
                weight: weight)).Message;

    [Fact]
    public void Of_a_weight_below_zero_behind_rows_without_weight() => Places.Sample((at, gone) => Refusal(
        Text("x,y,w", row => $"{row},{row / 2.0},{(row == at ? -1 : gone.Contains(row) ? 0 : 2)}"), "w")
        == $"t.csv, row {at}, column \"w\" is -1; a weight should be at least 0", iter: 30);

    [Fact]
    public void Of_a_label_that_is_none_behind_rows_with_gaps() => Places.Sample((at, gone) => Assert.Equal(
        $"t.csv, row {at}, column \"y\" is 3; a label should be 0 or 1",
        Assert.Throws<InvalidInputException>(() => TableData.Load(
            TableFile.Read(new StringReader(Text("x,y,z", row =>
                $"{(gone.Contains(row) ? "" : $"{row}")},{(row == at ? 3 : row % 2)},1")), "t.csv", new()),
            new CsvFile("t.csv", ["y", "z"], []) { Task = TaskKind.Labels }, new MissingCells.Drop())).Message),
                iter: 30);

    [Fact]
    public void Of_a_number_beyond_float_behind_rows_with_gaps() => Places.Sample((at, gone) => Names(at, Refusal(
        Text("x,z,y", row => $"{(row == at ? "1e39" : gone.Contains(row) ? "" : $"{row}")},{row % 5},{row / 2.0}"),
        edit: settings => settings with { Scaling = new Scaler.None() })), iter: 30);

    [Fact]
    public void Of_a_target_that_the_loss_does_not_take_behind_rows_with_gaps() =>
        Places.Sample((at, gone) => Names(at, Refusal(
        Text("x,y", row => $"{(gone.Contains(row) ? "" : $"{row}")},{(row == at ? -2.5 : row / 2.0)}"),
        edit: settings => settings with { Loss = new PoissonNll() })), iter: 30);

    [Fact]
    public void Of_a_weight_beyond_float_behind_rows_without_weight() => Places.Sample((at, gone) => Names(at, Refusal(
        Text("x,y,w", row => $"{row},{row / 2.0},{(row == at ? "1e39" : gone.Contains(row) ? "0" : "2")}"), "w")),
            iter: 30);

    private static void Names(int row, string message) => Assert.Matches($"row {row}\\b", message);
}
