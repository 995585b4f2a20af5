using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>What cells of text mean in a table's format.</summary>
internal sealed partial class CellGrammar
{
    private const int LongestNumber = 64;
    private const double LargestExact = 1L << 53; // up to which a double holds every whole number
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> missing;
    private readonly HashSet<double> missingNumbers = [];
    private readonly bool isPlain, hasAccents;
    private readonly char point, thousands;
    private readonly string[] dates;

    public CellGrammar(TableFormat format)
    {
        (Format, point, thousands) =
            (format, format.Decimal[0], format.Thousands.Length == 0 ? '\0' : format.Thousands[0]);
        isPlain = point == '.' && thousands == '\0';
        string[] words = [.. format.MissingValues.Select(word => Composed.Of(word.Trim()))];
        hasAccents = words.Any(word => !Ascii.IsValid(word));
        missing = new HashSet<string>(words, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string word in words)
            if (Plain(word, out double number)) missingNumbers.Add(number);
        string[] days = format.Dates switch
        {
            DateOrder.Dmy => ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d/M/yy", "d.M.yy"],
            DateOrder.Mdy => ["M/d/yyyy", "M.d.yyyy", "M-d-yyyy", "M/d/yy"],
            _ => ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd"],
        };
        string[] times = [" H:m", " H:m:s", " H:m:s.FFFFFFF", "'T'H:m", "'T'H:m:s", "'T'H:m:s.FFFFFFF"],
            zones = ["", "'Z'", "zzz"];
        dates = [.. days, .. from day in days from time in times from zone in zones select day + time + zone];
    }

    /// <summary>What it is the grammar of.</summary>
    public TableFormat Format { get; }

    /// <summary>What a cell looks like, and its number where it has one. Blanks around it do not count.</summary>
    public CellForm FormOf(ReadOnlySpan<char> cell, out double number)
    {
        number = double.NaN;
        if (isPlain && Plain(cell, out number)) return OfNumber(cell, ref number);
        cell = cell.Trim();
        if (IsMissing(cell)) return CellForm.Missing;
        if (cell.Length > LongestNumber || char.IsAsciiLetter(cell[0]) && cell[0] is not ('i' or 'I'))
            return CellForm.Text;
        if (Written(cell, out number)) return OfNumber(cell, ref number);
        return cell.IndexOfAnyInRange('0', '9') < 0 && !Infinite().IsMatch(cell)
            ? CellForm.Text
            : Odd(cell, out number);
    }

    /// <summary>Whether a cell is blank, or a word for a missing one.</summary>
    public bool IsMissing(ReadOnlySpan<char> cell)
    {
        var trimmed = cell.Trim();
        return trimmed.IsEmpty || missing.Contains(trimmed)
            || hasAccents && !Ascii.IsValid(trimmed) && missing.Contains(Composed.Of(trimmed.ToString()));
    }

    /// <summary>The date that a cell is; null where it is none.</summary>
    public DateTime? Date(ReadOnlySpan<char> cell) =>
        DateTime.TryParseExact(
            cell.Trim(), dates, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date)
        ? date
        : null;

    // A number may stand for a missing cell, and digits after a zero for a name.
    private CellForm OfNumber(ReadOnlySpan<char> cell, ref double number)
    {
        if (missingNumbers.Count == 0 || !missingNumbers.Contains(number))
            return IsCode(cell) ? CellForm.Code
                : Math.Abs(number) >= LargestExact && IsRounded(cell, number) ? CellForm.Rounded
                : CellForm.Number;
        number = double.NaN;
        return CellForm.Missing;
    }

    private CellForm Odd(ReadOnlySpan<char> cell, out double number)
    {
        number = double.NaN;
        if (Money().IsMatch(cell))
        {
            int sign = cell.IndexOfAny("$€£¥₹");
            string amount = $"{cell[..sign].Trim()}{cell[(sign + 1)..].Trim()}";
            return Written(amount, out number) ? Amount(amount, number, CellForm.Money)
                : Comma().IsMatch(amount) ? CellForm.Comma
                : CellForm.Grouped;
        }
        if (cell[^1] == '%' && cell[..^1].TrimEnd() is var share)
            return Written(share, out number) ? Amount(share, number, CellForm.Percent)
                : Comma().IsMatch(share) ? CellForm.Comma
                : Grouped().IsMatch(share) ? CellForm.Grouped : CellForm.Text;
        return Comma().IsMatch(cell) ? CellForm.Comma
            : Grouped().IsMatch(cell) ? CellForm.Grouped
            : DateLike().IsMatch(cell) ? CellForm.Date
            : Program().IsMatch(cell) ? CellForm.Program
            : Infinite().IsMatch(cell) || IsParsed(cell, out _) ? CellForm.NotFinite
            : CellForm.Text;
    }

    // A number in this format: with its decimal sign, its thousands in groups of three, either minus.
    private bool Written(ReadOnlySpan<char> cell, out double number)
    {
        number = double.NaN;
        if (cell.Length > LongestNumber) return false;
        Span<char> plain = stackalloc char[LongestNumber];
        int length = 0, sinceThousands = -1, digits = 0;
        bool hasPoint = false;
        foreach (char sign in cell)
        {
            if (sign == point && !hasPoint) (hasPoint, plain[length++]) = (true, '.');
            else if (IsThousands(sign) && !hasPoint && digits > 0)
            {
                if (sinceThousands is not -1 and not 3
                    || sinceThousands == -1 && (digits > 3 || plain[length - 1] == '0' && digits == 1))
                    return false;
                sinceThousands = 0;
                continue;
            }
            else if (sign == '\u2212') plain[length++] = '-';
            else if (char.IsAsciiDigit(sign) || sign is '+' or '-' or 'e' or 'E') plain[length++] = sign;
            else return false;
            if (char.IsAsciiDigit(sign) && !hasPoint)
            {
                digits++;
                if (sinceThousands >= 0) sinceThousands++;
            }
            else if (sinceThousands is not -1 and not 3) return false;
        }
        return sinceThousands is -1 or 3 && Plain(plain[..length], out number);
    }

    private bool IsThousands(char sign) => sign == thousands && thousands != '\0'
        || thousands == ' ' && sign is '\u00a0' or '\u202f' || thousands == '\'' && sign == '’';

    private static bool Plain(ReadOnlySpan<char> cell, out double number)
    {
        if (IsParsed(cell, out number) && double.IsFinite(number)) return true;
        number = double.NaN;
        return false;
    }

    private static bool IsParsed(ReadOnlySpan<char> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private CellForm Amount(ReadOnlySpan<char> cell, double number, CellForm form) =>
        Math.Abs(number) >= LargestExact && IsRounded(cell, number) ? CellForm.Rounded : form;

    // A number that is written with all its digits, and without a point or an exponent, means each of them.
    private bool IsRounded(ReadOnlySpan<char> cell, double number)
    {
        var digits = new StringBuilder();
        foreach (char sign in cell.Trim())
            if (char.IsAsciiDigit(sign)) digits.Append(sign);
            else if (!IsThousands(sign) && sign is not ('+' or '-' or '\u2212')) return false;
        return BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture) != new BigInteger(Math.Abs(number));
    }

    private static bool IsCode(ReadOnlySpan<char> cell) =>
        cell.Length > 1 && (cell[0] == '0' ? char.IsAsciiDigit(cell[1]) : char.IsWhiteSpace(cell[0]))
        && cell.Trim() is ['0', _, ..] digits && !digits.ContainsAnyExceptInRange('0', '9');

    [GeneratedRegex(
        @"^([$€£¥₹][\s]?[+\-\u2212]?[\d.,'’\s]+|[+\-\u2212]?[$€£¥₹][\d.,'’\s]+|[+\-\u2212]?[\d.,'’\s]+[$€£¥₹])$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(
        @"^[+\-\u2212]?(\d+,\d+|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+,\d+)([eE][+-]?\d+)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Comma();

    [GeneratedRegex(
        @"^[+\-\u2212]?\d{1,3}(['’ \u00a0\u202f]\d{3})+([.,]\d+)?$|^[+\-\u2212]?\d{1,3}(\.\d{3}){2,}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex(
        @"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|"
            + @"[+-]\d{2}:?\d{2})?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateLike();

    [GeneratedRegex(@"^0[xX][0-9a-fA-F]+$|^[+-]?(\d+\.?\d*|\.\d+)[dD][+-]?\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Program();

    [GeneratedRegex(@"^[+-]?(inf|infinity|∞)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Infinite();
}
