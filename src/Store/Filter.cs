using Superpower;

namespace Functional.Store;

/// <summary>
/// Which runs are wanted: comparisons of fields with numbers or texts (=, !=, &lt;, &lt;=, &gt;, &gt;=), joined by and,
/// or, not and parentheses: <c>test.accuracy &gt; 0.97 and optimizer = adam</c>. A run without a field is not one that
/// a comparison of it wants, whatever the comparison.
/// </summary>
public abstract record Filter
{
    private protected Filter() { }

    private const int Longest = 2000; // of deep nesting, too: it is read by recursion

    /// <summary>Whether a run is wanted.</summary>
    /// <param name="field">Its fields; none where it has no such field.</param>
    public abstract bool Wants(Func<string, FieldValue?> field);

    /// <summary>The fields that it looks at.</summary>
    public abstract IEnumerable<string> Fields { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidInputException">It is none; the message says where it goes wrong.</exception>
    public static Filter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest)
            throw new InvalidInputException($"--where has {text.Length} characters; it should have at most {Longest}");
        var found = FilterGrammar.Whole.TryParse(text);
        return found.HasValue ? found.Value : throw new InvalidInputException(
            $"--where is \"{text}\", which cannot be read from character {found.ErrorPosition.Column} on; it should be "
                + $"comparisons such as test.accuracy > 0.97 and optimizer = adam");
    }

    /// <summary>A field beside a number or a text.</summary>
    internal sealed record Comparison(string Field, string Operator, FieldValue Value) : Filter
    {
        public override IEnumerable<string> Fields => [Field];

        public override bool Wants(Func<string, FieldValue?> field)
        {
            if (field(Field) is not { } found) return false;
            if (found.Number is { } number)
                return Value.Number is { } wanted ? Holds(number.CompareTo(wanted)) : Operator == "!=";
            return Holds(string.Compare(found.Text, $"{Value}", StringComparison.OrdinalIgnoreCase));
        }

        private bool Holds(int order) => Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>What both want, or either.</summary>
    internal sealed record Both(Filter One, Filter Other, bool IsOr) : Filter
    {
        public override IEnumerable<string> Fields => One.Fields.Concat(Other.Fields);

        public override bool Wants(Func<string, FieldValue?> field) =>
            IsOr ? One.Wants(field) || Other.Wants(field) : One.Wants(field) && Other.Wants(field);
    }

    /// <summary>What another does not want.</summary>
    internal sealed record Not(Filter Inner) : Filter
    {
        public override IEnumerable<string> Fields => Inner.Fields;

        public override bool Wants(Func<string, FieldValue?> field) => !Inner.Wants(field);
    }
}
