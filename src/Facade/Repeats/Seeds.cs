using System.Globalization;
using Functional.Core.Forms;

namespace Functional;

/// <summary>The seeds of many trainings of one experiment: so many from its own on (<c>seeds: 20</c>), or those of a
/// list (<c>seeds: new ulong[] { 1, 2, 7 }</c>).</summary>
public readonly struct Seeds
{
    /// <summary>How many there may be.</summary>
    internal const int Most = 100_000;

    private readonly int count;
    private readonly ulong[]? list;

    private Seeds(int count, ulong[]? list) => (this.count, this.list) = (count, list);

    /// <summary>Whether they do not depend on the experiment's own seed.</summary>
    internal bool IsList => list is not null;

    /// <summary>So many, from the experiment's own on.</summary>
    /// <param name="count">1 to 100,000.</param>
    public static implicit operator Seeds(int count) => new(count, null);

    /// <summary>Those of a list.</summary>
    /// <param name="seeds">1 to 100,000, each once.</param>
    public static implicit operator Seeds(ulong[] seeds) => new(0, [.. seeds]);

    /// <summary>So many, from the experiment's own on.</summary>
    /// <param name="count">1 to 100,000.</param>
    public static Seeds FromInt32(int count) => count;

    /// <summary>Those of a list.</summary>
    /// <param name="seeds">1 to 100,000, each once.</param>
    public static Seeds FromArray(ulong[] seeds) => seeds;

    /// <summary>Reads a count such as 20, a list such as 1,2,7, a range such as 5..24, or a list with ranges.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in a fault.</param>
    /// <param name="faults">Take what is wrong with it.</param>
    internal static Seeds Parse(string text, string name, List<Invalid> faults)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)) return count;
        var seeds = new List<ulong>();
        foreach (string item in text.Split(','))
        {
            string[] ends = item.Split("..");
            if (ends.Length > 2 || !IsSeed(ends[0], out ulong first) || !IsSeed(ends[^1], out ulong last))
            {
                faults.Add(new($"{name} is {Visible.Quoted(text)}; it should be how many, such as 20, a list such as "
                    + $"1,2,7, or a range such as 5..24"));
                return 1;
            }
            if (last < first)
                faults.Add(new($"{name} has the range {item}; it should begin with its smaller end"));
            else if (last - first >= Most)
                faults.Add(new($"{name} has the range {item}; there should be at most {Most} seeds"));
            else
                for (ulong i = 0; i <= last - first; i++) seeds.Add(first + i);
        }
        return faults.Count > 0 ? 1 : new Seeds(0, [.. seeds]);
    }

    /// <summary>Each of them.</summary>
    /// <param name="first">The experiment's own seed.</param>
    /// <param name="name">What they are called in a fault.</param>
    /// <param name="faults">Take what is wrong with them.</param>
    internal ulong[] From(ulong first, string name, List<Invalid> faults)
    {
        int many = list?.Length ?? count;
        if (many is < 1 or > Most)
            faults.Add(list is null
                ? new($"{name} is {many}; it should be between 1 and {Most}")
                : new($"{name} has {many} seeds; there should be between 1 and {Most}"));
        else if (list is null && first > ulong.MaxValue - (ulong)(many - 1))
            faults.Add(new($"{name} is {many}; from seed {first} on there should be at most "
                + $"{ulong.MaxValue - first + 1}"));
        else if (list is not null)
            foreach (var (seed, times) in list.CountBy(seed => seed))
                if (times > 1)
                    faults.Add(new($"{name} has seed {seed} more than once; it should have it once"));
        if (faults.Count > 0) return [];
        return list is not null ? [.. list] : [.. Enumerable.Range(0, many).Select(i => first + (ulong)i)];
    }

    private static bool IsSeed(string text, out ulong seed) =>
        ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
