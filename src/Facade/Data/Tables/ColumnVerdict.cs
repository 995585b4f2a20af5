namespace Functional.Data;

/// <summary>What a column is, by what its cells look like and by what a person said of it; never
/// silently another kind.</summary>
/// <param name="IsOfTexts">Whether its cells are texts, not numbers.</param>
/// <param name="Fault">Why it is not sure what it is, if it is not.</param>
/// <param name="LeftOut">Why there is nothing to learn from it, if there is nothing.</param>
/// <param name="Notes">What was guessed.</param>
internal sealed record ColumnVerdict(bool IsOfTexts, Phrase? Fault, Phrase? LeftOut, Items<Phrase> Notes)
{
    internal const int FewestDifferent = 20; // fewer texts may all differ by chance
    private const int FewestCodes = 20; // one cell in so many: fewer are slips of the pen

    /// <summary>The verdict.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="told">What a person said.</param>
    /// <param name="counts">What its cells look like.</param>
    /// <param name="different">How many different texts it has.</param>
    /// <param name="format">How it was read.</param>
    public static ColumnVerdict Of(
        string name, ColumnKind? told, CellCounts counts, int different, TableFormat format) =>
        told switch
        {
            null => Found(name, new(name, counts, format), counts, different, format.OddCells == OddCells.Missing),
            ColumnKind.Category => Texts(new ColumnWords(name, counts, format).Texts),
            ColumnKind.LeftOut => Of(name, null, counts, different, format) with { LeftOut = $"as told", Notes = [] },
            ColumnKind.Number(_, var sign) =>
                Told(new(name, counts, format), counts, Fine(sign, counts), isDate: false, format),
            _ => Told(new(name, counts, format), counts, counts[CellForm.Number], isDate: true, format),
        };

    /// <summary>The kind that says of a column what it is, for tables like it.</summary>
    public static ColumnKind Kind(string name, ColumnKind? told, CellCounts counts, bool isOfTexts) => told switch
    {
        ColumnKind.Days => new ColumnKind.Days(name),
        ColumnKind.DateParts => new ColumnKind.DateParts(name),
        _ when isOfTexts => new ColumnKind.Category(name),
        _ => new ColumnKind.Number(name, counts[CellForm.Percent] > 0 ? "%" : counts.Currency),
    };

    private static ColumnVerdict Found(
        string name, ColumnWords words, CellCounts counts, int different, bool oddAreMissing)
    {
        int known = counts.Known, numbers = counts[CellForm.Number], codes = counts[CellForm.Code],
            rounded = counts[CellForm.Rounded];
        if (numbers == known) return Numbers(words.Missing);
        if (counts[CellForm.Percent] == known || counts[CellForm.Money] == known && counts.IsOneCurrency)
            return Numbers([.. words.Missing, words.WithoutSign]);
        bool areWhole = numbers + codes + rounded == known && !counts.HasMeasures;
        if (rounded > 0 && areWhole && known >= FewestDifferent && Identifier.SaysSo(name))
            return different == known
                ? new(true, null, $"an identifier: its whole numbers all differ", [])
                : new(true, words.Unclear(), null, []); // looked at as texts, all of them
        bool areCodes = codes > 0 && FewestCodes * codes >= known && !counts.HasMeasures
            && counts.LikeNumbers == rounded;
        int likeNumbers = numbers + counts.LikeNumbers + codes;
        if (!areCodes && 2 * likeNumbers >= known)
            return oddAreMissing && 2 * numbers >= known && counts[CellForm.Money] + counts[CellForm.Percent] == 0
                ? Numbers([.. words.Missing, words.Odd(known - numbers)])
                : Unclear(words.Unclear());
        if (different == known && known >= FewestDifferent) return new(true, null, $"all its {known} texts differ", []);
        return Texts([.. words.Texts, .. areCodes ? [words.Codes] : words.NumbersAmongTexts,
            .. areCodes ? [] : words.Diverse(different)]);
    }

    private static ColumnVerdict Told(ColumnWords words, CellCounts counts, int fine, bool isDate, TableFormat format)
    {
        int odd = counts.Known - fine;
        // Each could be meant where signs differ, or where a sign should stand and none does.
        bool haveSigns = counts[CellForm.Money] + counts[CellForm.Percent] > 0;
        bool isMixed = !isDate && (haveSigns || fine == 0 && counts[CellForm.Number] > 0);
        return odd == 0 ? Numbers([.. words.Missing, .. isDate ? [] : words.Rounded])
            : format.OddCells == OddCells.Missing && !isMixed
                ? Numbers([.. words.Missing, words.Odd(odd), .. isDate ? [] : words.Rounded])
            : Unclear(words.NoneOf(odd, isDate, isMixed));
    }

    // How many cells are numbers with the sign that they should have; of any sign all should have the same.
    private static int Fine(string sign, CellCounts counts)
    {
        int plain = counts[CellForm.Number] + counts[CellForm.Code] + counts[CellForm.Rounded],
            percent = counts[CellForm.Percent];
        int money = counts.IsOneCurrency ? counts[CellForm.Money] : 0;
        return sign switch
        {
            "" => plain,
            "%" => percent,
            ColumnKind.Number.AnySign => Math.Max(percent, plain + money),
            _ => plain + (counts.Currency == sign ? money : 0),
        };
    }

    private static ColumnVerdict Numbers(IEnumerable<Phrase> notes) => new(false, null, null, [.. notes]);

    private static ColumnVerdict Texts(IEnumerable<Phrase> notes) => new(true, null, null, [.. notes]);

    private static ColumnVerdict Unclear(Phrase fault) => new(false, fault, null, []);
}
