using System.Globalization;
using CsCheck;
using Functional;
using Functional.Store;
using Xunit;

namespace Properties.Store;

/// <summary>A filter wants the runs that its words say.</summary>
public sealed class FilterProperties
{
    private static readonly string[] Names = ["a", "b.c", "d_e", "f-g", "optimizer.rate"];

    private static Gen<Dictionary<string, FieldValue>> Runs =>
        Gen.OneOf(Gen.Const(default(FieldValue?)),
            Gen.Int[-3, 3].Select(number => (FieldValue?)new FieldValue(number / 2.0, null)),
            Gen.OneOf("adam", "sgd", "two words").Select(text => (FieldValue?)new FieldValue(null, text)))
        .Array[Names.Length].Select(values => Names.Zip(values, (name, value) => (name, value))
            .Where(one => one.value is not null).ToDictionary(one => one.name, one => one.value!.Value));

    private static Gen<(string Text, Func<Dictionary<string, FieldValue>, bool> Wants)> Comparisons =>
        from name in Gen.OneOf(Names)
        from sign in Gen.OneOf("=", "==", "!=", "<", "<=", ">", ">=")
        from number in Gen.Int[-3, 3]
        from blank in Gen.OneOf("", " ", "  ")
        select (
            $"{name}{blank}{sign}{blank}{(number / 2.0).ToString(CultureInfo.InvariantCulture)}",
            (Func<Dictionary<string, FieldValue>, bool>)(run => run.TryGetValue(name, out var value)
                && (value.Number is { } found ? Holds(found.CompareTo(number / 2.0), sign)
                    : Holds(
                        string.CompareOrdinal(value.Text, (number / 2.0).ToString(CultureInfo.InvariantCulture)),
                        sign))));

    private static bool Holds(int order, string sign) => sign switch
    {
        "=" or "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static Gen<(string Text, Func<Dictionary<string, FieldValue>, bool> Wants)> Filters(int depth) =>
        depth == 0 ? Comparisons : Gen.Frequency(
            (2, Comparisons),
            (2, Gen.Select(
                Filters(depth - 1), Filters(depth - 1), Gen.OneOf("and", "or", "AND"), (one, other, word) => (
                    $"({one.Text}) {word} ({other.Text})",
                    (Func<Dictionary<string, FieldValue>, bool>)(run => word == "or"
                        ? one.Wants(run) || other.Wants(run) : one.Wants(run) && other.Wants(run))))),
            (1, Filters(depth - 1).Select(one => (
                $"not ({one.Text})", (Func<Dictionary<string, FieldValue>, bool>)(run => !one.Wants(run))))));

    [Fact]
    public void It_wants_what_it_says() => Gen.Select(Filters(3), Runs).Sample(
        (filter, run) => Filter.Parse(filter.Text).Wants(
            field => run.TryGetValue(field, out var value) ? value : null) == filter.Wants(run),
        iter: 3000);

    [Theory]
    [InlineData("a = 1 or b.c = 1 and d_e = 1", "a = 1 or (b.c = 1 and d_e = 1)")] // and binds closer
    [InlineData("not a = 1 and b.c = 1", "(not a = 1) and b.c = 1")]
    [InlineData("optimizer = adam", "optimizer = 'adam'")]
    [InlineData("optimizer.rate < 1e-3", "optimizer.rate<0.001")]
    public void Words_bind_as_everywhere(string text, string same) =>
        Assert.Equal(Filter.Parse(same), Filter.Parse(text));

    [Theory]
    [InlineData("", 1), InlineData("a", 2), InlineData("a = ", 5), InlineData("a = 1 b = 2", 7),
        InlineData("a > > 1", 5)]
    [InlineData("(a = 1", 7), InlineData("and = 1", 1), InlineData("1 = a", 1)]
    public void What_is_no_filter_is_refused_with_the_place(string text, int column) => Assert.Contains(
        $"cannot be read from character {column} on",
        Assert.Throws<InvalidInputException>(() => Filter.Parse(text)).Message, StringComparison.Ordinal);
}
