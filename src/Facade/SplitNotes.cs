using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Training;

namespace Functional;

/// <summary>What a split made of the shares that were asked for, as far as it is not what its author may
/// expect.</summary>
internal static class SplitNotes
{
    private const int MostNamed = 5, LongestName = 40; // classes in a note, and characters of their names

    /// <summary>A sentence for samples that do not count, for each part that is empty though it has a share, and for
    /// each part that lacks classes.</summary>
    public static IEnumerable<string> Of<T>(Draft draft, Split<T> parts, Dataset<double> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int left = data.Rows - data.Counting().Rows;
        if (left > 0) yield return $"{left} of {data.Rows} samples have weight 0 and are left out";
        (string, double, Dataset<T>)[] shares = [("validation", draft.Validation, parts.Validation), ("test", draft.Test, parts.Test)];
        foreach (var (name, share, part) in shares)
            if (share > 0 && part.Rows == 0)
                yield return FormattableString.Invariant($"{name} is {share} of the samples, which is 0 rows: there is no {name} part");
        if (data.Problem is not Problem.Classification(var classes)) yield break;
        var inData = Present(data, classes);
        (string, Dataset<T>)[] all = [("training", parts.Train), ("validation", parts.Validation), ("test", parts.Test)];
        foreach (var (name, part) in all)
        {
            var inPart = Present(part, classes);
            int[] lacking = [.. Enumerable.Range(0, classes).Where(label => inData[label] && !inPart[label])];
            if (part.Rows > 0 && lacking.Length > 0)
                yield return $"the {name} part has no sample of {lacking.Length} of {classes} classes: {Named(lacking, data.Schema)}";
        }
    }

    private static string Named(int[] classes, Schema? schema)
    {
        var names = classes.Take(MostNamed).Select(label => schema is { Labels.Count: > 0 } ? Short(schema.Labels[label]) : $"{label}");
        return string.Join(", ", names) + (classes.Length > MostNamed ? " ..." : "");
    }

    private static string Short(string name) => name.Length <= LongestName ? name : $"{name[..LongestName]}...";

    private static bool[] Present<T>(Dataset<T> data, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var present = new bool[classes];
        for (int row = 0; row < data.Rows; row++) present[data.ClassOf(row)] = true;
        return present;
    }
}
