using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional;

/// <summary>From cells by the names of their columns to a sample: what a table's columns become, for one row and
/// without allocating.</summary>
internal sealed class RowReader
{
    private const int Narrow = 256; // columns, up to which the stack has room

    private readonly Place[] places;
    private readonly FrozenDictionary<string, int> byName;
    private readonly bool isFilled, ignoresUnseen;

    public RowReader(Encoding encoding)
    {
        (isFilled, ignoresUnseen) = (encoding.Fill is not null, encoding.Unseen == UnseenCategories.Ignore);
        var found = new List<Place>();
        foreach (var feature in encoding.Schema?.Features ?? [])
            found.Add(new(feature, found.Count == 0 ? 0 : found[^1].At + found[^1].Feature.Width));
        places = [.. found];
        byName = places.Index().Where(place => place.Item.Feature.IndicatorOf.Length == 0)
            .ToFrozenDictionary(place => place.Item.Feature.Name, place => place.Index, StringComparer.Ordinal);
    }

    /// <summary>Writes the sample of a row. A column that is not among the cells is missing.</summary>
    /// <exception cref="InvalidInputException">A name is no column, a cell does not fit or is missing and cannot be
    /// filled; every fault.</exception>
    public void Read(ReadOnlySpan<(string Name, Cell Value)> row, Span<double> into)
    {
        List<Invalid>? faults = null;
        if (places.Length == 0)
            throw new InvalidInputException(
                $"the model learned from numbers without names; it should be given numbers");
        into.Fill(double.NaN);
        bool[]? rented = places.Length > Narrow ? ArrayPool<bool>.Shared.Rent(places.Length) : null;
        Span<bool> isGiven = rented ?? stackalloc bool[Narrow];
        isGiven.Clear();
        foreach (var (name, value) in row)
        {
            if (name is null)
                (faults ??= []).Add(new($"the row has a cell without a name; it should have that of a column"));
            else if (!byName.TryGetValue(name, out int at) && !byName.TryGetValue(Composed.Of(name), out at))
                (faults ??= []).Add(new($"the row has {Visible.Quoted(name)}; a column should be one of "
                    + $"{InputFile.Listed([.. byName.Keys.Order(StringComparer.Ordinal)])}"));
            else if (isGiven[at])
                (faults ??= []).Add(new($"the row has {Visible.Quoted(name)} twice; it should have it once"));
            else
            {
                isGiven[at] = true;
                if (places[at].Fault(value, into, ignoresUnseen) is not { } fault) continue;
                (faults ??= []).Add(fault);
                into[places[at].At] = 0; // it is there, if wrong
            }
        }
        if (rented is not null) ArrayPool<bool>.Shared.Return(rented);
        foreach (var place in places)
        {
            bool isMissing = double.IsNaN(into[place.At]);
            if (place.Feature.IndicatorOf.Length > 0)
                into[place.At] = double.IsNaN(into[places[byName[place.Feature.IndicatorOf]].At]) ? 1 : 0;
            else if (isMissing && !isFilled)
                (faults ??= []).Add(new($"the row has no {Visible.Quoted(place.Feature.Name)}; it should have one, "
                    + $"since the model learned from a table without missing cells"));
        }
        if (faults is not null) throw new InvalidInputException(faults);
    }

    /// <summary>A feature, where its inputs begin, and the places of its values.</summary>
    private sealed record Place(Feature Feature, int At)
    {
        private readonly FrozenDictionary<string, int> codes =
            Feature.Values.Index()
                .ToFrozenDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal);

        public Invalid? Fault(Cell value, Span<double> into, bool ignoresUnseen)
        {
            if (value.IsMissing) return null;
            string? text = value.Text;
            if (codes.Count == 0)
            {
                if (text is not null)
                    return new($"{Visible.Quoted(Feature.Name)} is {Visible.Quoted(text)}; it should be a number");
                into[At] = value.Number;
                return double.IsFinite(value.Number)
                    ? null
                    : new($"{Visible.Quoted(Feature.Name)} is {value}; it should be finite");
            }
            text ??= value.Number.ToString("R", CultureInfo.InvariantCulture);
            bool isKnown = codes.TryGetValue(text, out int code)
                || codes.TryGetValue(Composed.Of(text.Trim()), out code);
            if (!isKnown && (!ignoresUnseen || value.Text is null)) // a number is no category, seen or not
                return new($"{Visible.Quoted(Feature.Name)} is {Visible.Quoted(text)}; it should be one of "
                    + $"{InputFile.Listed(Feature.Values)}");
            into.Slice(At, Feature.Width).Clear();
            if (isKnown) into[At + code] = 1;
            return null;
        }
    }
}
