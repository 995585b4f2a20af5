using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>What the start of an .npy file says: the kind of its cells, their order and the sizes.</summary>
/// <param name="Kind">Of a cell.</param>
/// <param name="Fortran">Whether the first index runs fastest.</param>
/// <param name="Shape">No sizes at all for a single number.</param>
/// <param name="Count">How many cells.</param>
/// <param name="Length">How many bytes the header takes, the magic ones included.</param>
internal sealed partial record NpyHeader(CellKind Kind, bool Fortran, int[] Shape, int Count, int Length)
{
    private const int Longest = 1 << 16, MostSizes = 64, MostCells = 1 << 30;
    private const RegexOptions Named = RegexOptions.ExplicitCapture;

    /// <exception cref="InvalidInputException">It is none, or of cells that are not numbers.</exception>
    public static NpyHeader Read(Stream file, string name)
    {
        Span<byte> start = stackalloc byte[12];
        Fill(file, start[..8], name);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
            throw new InvalidInputException($"{name} is not an .npy file: its first bytes are "
                + $"{Convert.ToHexString(start[..6])}; they should be 934E554D5059");
        if (start[6] is not (1 or 2 or 3) || start[7] != 0)
            throw new InvalidInputException(
                $"{name} is of version {start[6]}.{start[7]} of the .npy format; it should be 1.0, 2.0 or 3.0");
        int word = start[6] == 1 ? 2 : 4;
        Fill(file, start.Slice(8, word), name);
        long length = word == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > Longest)
            throw new InvalidInputException(
                $"{name} has a header that is said to be {length} bytes long; it should be at most {Longest}");
        byte[] text = new byte[length];
        Fill(file, text, name);
        return Parsed(Encoding.Latin1.GetString(text), name, 8 + word + text.Length);
    }

    private static NpyHeader Parsed(string text, string name, int length)
    {
        text = text.Trim();
        if (!text.StartsWith('{') || !text.EndsWith('}') || Only(Type()) is not { } type) throw NoDictionary();
        var kind = KindOf(type, name);
        string others = Sizes().Replace(Order().Replace(Type().Replace(text, ""), ""), "");
        if (Only(Order()) is not { } fortran || Only(Sizes()) is not { } sizes || !Nothing().IsMatch(others))
            throw NoDictionary();
        var parts = sizes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MostSizes)
            throw new InvalidInputException($"{name} has {parts.Length} sizes; it should have at most {MostSizes}");
        long[] shape = [.. parts.Select(
            part => long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? size
                : long.MaxValue)];
        int count = CellData.Count(shape, name, MostCells);
        return new(kind, fortran == "True", [.. shape.Select(size => (int)size)], count, length);

        string? Only(Regex entry) => entry.Matches(text) is [{ } only] ? only.Groups["value"].Value : null;

        InvalidInputException NoDictionary() => new(
            $"{name} has the header {Visible.Quoted(text)}; "
            + $"it should be a dictionary of 'descr', 'fortran_order' and 'shape'");
    }

    private static CellKind KindOf(string type, string name)
    {
        var simple = Simple().Match(type);
        string kind = simple.Groups["kind"].Value, bytes = simple.Groups["bytes"].Value;
        var shown = type[0] is '\'' or '"' ? (Phrase)$"{Visible.Quoted(type.AsSpan()[1..^1])}" : $"record";
        return (simple.Success
            ? CellKind.Of(
                kind is "?" ? 'b' : kind[0], kind is "?" ? 1 : bytes[0] - '0', simple.Groups["order"].Value == ">")
            : null)
            ?? throw new InvalidInputException(
                $"{name} is of type {shown}{Meaning(type)}; "
                + $"it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8");
    }

    private static Phrase Meaning(string type) => type.Trim('\'', '"').TrimStart('<', '>', '|', '=') switch
    {
        ['O', ..] => $" (Python objects, which are never unpickled)",
        ['U' or 'S' or 'a', ..] => $" (texts)",
        ['c', ..] => $" (complex numbers)",
        ['M' or 'm', ..] => $" (dates)",
        ['[', ..] or ['(', ..] => $" (several fields)",
        _ => Phrase.Empty,
    };

    private static void Fill(Stream file, Span<byte> bytes, string name)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidInputException($"{name} ends within its header; it should be an .npy file");
    }

    // Python writes a text between quotes of either kind.
    [GeneratedRegex("""(?<key>['"])descr\k<key>\s*:\s*(?<value>'[^'"]*'|"[^'"]*"|[\[(])""", Named)]
    private static partial Regex Type();

    [GeneratedRegex("""(?<key>['"])fortran_order\k<key>\s*:\s*(?<value>True|False)""", Named)]
    private static partial Regex Order();

    // A tuple: of one size only with a comma after it.
    [GeneratedRegex(
        """(?<key>['"])shape\k<key>\s*:\s*\(\s*(?<value>(\d+L?\s*,\s*(\d+L?\s*(,\s*\d+L?\s*)*,?\s*)?)?)\)""", Named)]
    private static partial Regex Sizes();

    // What is left of the dictionary without its three entries.
    [GeneratedRegex(@"^\{[\s,]*\}$")]
    private static partial Regex Nothing();

    [GeneratedRegex("""^['"](?<order>[<>|=]?)((?<kind>\?)|(?<kind>[biuf])(?<bytes>[1248]))['"]$""", Named)]
    private static partial Regex Simple();
}
