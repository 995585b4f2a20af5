using System.Globalization;
using Functional.Core.Numbers;

namespace Functional.Cli;

/// <summary>Samples written out on the command line, <c>0,0=0; 0,1=1</c>: inputs, and targets after a sign of
/// equality, or none at all.</summary>
internal static class SampleTable
{
    /// <summary>The samples; nothing where there are faults.</summary>
    public static (Matrix<double>? Inputs, Matrix<double>? Targets) Read(string text, List<Invalid> faults)
    {
        string[] rows = [.. text.Split(';', StringSplitOptions.TrimEntries).Where(row => row.Length > 0)];
        string[][] sides = [.. rows.Select(row => row.Split('='))];
        var found = new List<Invalid>();
        if (rows.Length == 0) found.Add(new($"table has 0 samples; it should have at least 1, such as 0,1=1"));
        if (sides.Any(side => side.Length > 2))
            found.Add(new($"table has a sample with two signs of equality; it should be inputs, "
                + $"and at most one = before its targets"));
        else if (sides.DistinctBy(side => side.Length).Count() > 1)
            found.Add(new($"table has samples with a target and others without one; all should have one, or none"));
        var inputs = Table(sides.Select(side => side[0]), $"inputs", found);
        var targets =
            sides.All(side => side.Length == 2) ? Table(sides.Select(side => side[1]), $"targets", found) : null;
        faults.AddRange(found.Distinct());
        return found.Count == 0 ? (inputs, targets) : (null, null);
    }

    private static Matrix<double>? Table(IEnumerable<string> rows, Phrase what, List<Invalid> faults)
    {
        var numbers =
            rows.Select(row => row.Split(',').Select(cell => Number(cell.Trim(), what, faults)).ToArray()).ToArray();
        int[] widths = [.. numbers.Select(row => row.Length).Distinct()];
        if (widths.Length > 1)
            faults.Add(new($"table has samples of {widths[0]} and of {widths[1]} {what}; all should have as many"));
        return widths.Length == 1
            ? new(numbers.Length, widths[0], Vec<double>.Of([.. numbers.SelectMany(row => row)]))
            : null;
    }

    private static double Number(string cell, Phrase what, List<Invalid> faults)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
            return number;
        faults.Add(
            new($"table has \"{cell}\" among its {what}; it should be numbers, finite, with commas between them"));
        return 0;
    }
}
