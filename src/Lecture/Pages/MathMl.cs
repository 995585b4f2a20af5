using System.Xml.Linq;

namespace Functional.Lecture;

/// <summary>Formulas of the pages, from LaTeX to the MathML that browsers set. It knows what the pages use, and refuses
/// by name whatever else is written.</summary>
internal sealed class MathMl
{
    private readonly string text;
    private int at;

    private MathMl(string text) => this.text = text;

    /// <summary>A formula.</summary>
    /// <param name="latex">Without dollar signs.</param>
    /// <param name="isBlock">Whether it stands on lines of its own.</param>
    /// <exception cref="FormatException">It has a command that is not known, or a brace too many or too
    /// few.</exception>
    public static XElement Of(string latex, bool isBlock = false)
    {
        var reader = new MathMl(latex.Trim());
        var row = reader.Row();
        if (!reader.IsOver) throw new FormatException($"{latex}: \"{reader.text[reader.at..]}\" is left over");
        return new("math", isBlock ? new XAttribute("display", "block") : null, row);
    }

    private bool IsOver => at >= text.Length;

    // All up to what ends a group: a brace, a column, a line, an environment, a right bracket.
    private XElement Row()
    {
        var parts = new List<XElement>();
        while (Peek() is not ("" or "}" or "&" or @"\\" or @"\end" or @"\right")) parts.Add(Scripted());
        return parts.Count == 1 ? parts[0] : new("mrow", parts);
    }

    // An atom with what stands below and above it.
    private XElement Scripted()
    {
        string first = Peek();
        var atom = Atom();
        bool isLarge = MathSymbols.HasLimits.Contains(first);
        XElement? below = null, above = null;
        while (Peek() is "^" or "_" or "'")
            switch (Next())
            {
                case "_": below = Atom(); break;
                case "'": above = new("mo", "′"); break;
                default: above = Atom(); break;
            }
        return (below, above) switch
        {
            (null, null) => atom,
            (null, _) => new(isLarge ? "mover" : "msup", atom, above),
            (_, null) => new(isLarge ? "munder" : "msub", atom, below),
            _ => new(isLarge ? "munderover" : "msubsup", atom, below, above),
        };
    }

    private XElement Atom()
    {
        string token = Next();
        switch (token)
        {
            case "": throw new FormatException($"{text}: it ends where something is expected");
            case "{": return Group();
            case @"\frac": return new("mfrac", Atom(), Atom());
            case @"\sqrt": return new("msqrt", Atom());
            case @"\left": return Fenced();
            case @"\begin": return Environment(Word());
            case @"\text" or @"\mathrm" or @"\operatorname":
                return new(token == @"\text" ? "mtext" : "mi", new XAttribute("mathvariant", "normal"), Word());
            case @"\mathbf" or @"\mathcal" or @"\mathbb": return new("mi", MathSymbols.Letters(token, Word()));
            case @"\underbrace": return new("munder", Atom(), Stretched("⏟"));
            case @"\overbrace": return new("mover", Atom(), Stretched("⏞"));
        }
        if (MathSymbols.Accents.TryGetValue(token, out string? accent))
            return new("mover", new XAttribute("accent", "true"), Atom(), new XElement("mo", accent));
        if (MathSymbols.Spaces.TryGetValue(token, out string? width))
            return new("mspace", new XAttribute("width", width));
        if (MathSymbols.Letter.TryGetValue(token, out string? letter)) return new("mi", letter);
        if (MathSymbols.Functions.Contains(token))
            return Spaced(token[1..], MathSymbols.HasLimits.Contains(token) ? "0.17em" : "0.1em");
        if (MathSymbols.Operators.TryGetValue(token, out string? sign))
            return MathSymbols.Fences.Contains(sign) ? Fixed(sign) : new("mo", sign);
        if (token[0] == '\\') throw new FormatException($"{text}: {token} is not known");
        return char.IsDigit(token[0]) ? new("mn", token) : char.IsLetter(token[0]) ? new("mi", token)
            : token is "(" or "[" or ")" or "]" or "|" ? Fixed(token)
            : token is "/" or "!" ? Spaced(token, "0")
            : new("mo", MathSymbols.Sign(token));
    }

    private static XElement Spaced(string sign, string space) => new(
        "mo", new XAttribute("lspace", space), new XAttribute("rspace", space), sign);

    // As tall as the text, whatever stands beside it: \left and \right are for those that grow.
    private static XElement Fixed(string sign)
    {
        var fixedSign = Spaced(sign, "0");
        fixedSign.Add(new XAttribute("stretchy", "false"));
        return fixedSign;
    }

    private XElement Group()
    {
        var row = Row();
        Expect("}");
        return row;
    }

    private XElement Fenced()
    {
        string left = Fence();
        var row = Row();
        Expect(@"\right");
        return new("mrow", Stretched(left), row, Stretched(Fence()));
    }

    private string Fence() => Next() is var token && token == "." ? ""
        : MathSymbols.Operators.TryGetValue(token, out string? sign) ? sign : token;

    private static XElement Stretched(string sign) => new("mo", new XAttribute("stretchy", "true"), sign);

    private XElement Environment(string name)
    {
        var rows = new List<XElement>();
        do
        {
            var cells = new List<XElement>();
            do cells.Add(new("mtd", new XAttribute("style", Align(name, cells.Count)), Row()));
            while (Taken("&"));
            rows.Add(new("mtr", cells));
        }
        while (Taken(@"\\"));
        Expect(@"\end");
        if (Word() is var end && end != name) throw new FormatException($"{text}: {name} ends as {end}");
        var table = new XElement("mtable", rows);
        return name switch
        {
            "matrix" => table,
            "aligned" => new("mtable", new XAttribute("displaystyle", "true"), rows),
            "pmatrix" => new("mrow", Stretched("("), table, Stretched(")")),
            "cases" => new("mrow", Stretched("{"), table),
            _ => throw new FormatException($"{text}: there is no environment {name}"),
        };
    }

    private static string Align(string environment, int column) => environment switch
    {
        "aligned" => column % 2 == 0 ? "text-align:right;padding-right:0" : "text-align:left;padding-left:0",
        "cases" => "text-align:left",
        _ => "text-align:center",
    };

    // What stands between braces, as it is.
    private string Word()
    {
        Expect("{");
        int end = text.IndexOf('}', at);
        if (end < 0) throw new FormatException($"{text}: a brace is not closed");
        string word = text[at..end];
        at = end + 1;
        return word;
    }

    private void Expect(string token)
    {
        if (!Taken(token)) throw new FormatException($"{text}: {token} is expected before \"{text[at..]}\"");
    }

    private bool Taken(string token)
    {
        if (Peek() != token) return false;
        Next();
        return true;
    }

    private string Peek()
    {
        int before = at;
        string token = Next();
        at = before;
        return token;
    }

    // A command, a number, or a sign; nothing at the end.
    private string Next()
    {
        while (!IsOver && char.IsWhiteSpace(text[at])) at++;
        if (IsOver) return "";
        int from = at++;
        if (text[from] == '\\' && !IsOver)
        {
            if (!char.IsLetter(text[at++])) return text[from..at];
            while (!IsOver && char.IsLetter(text[at])) at++;
        }
        else if (char.IsDigit(text[from]))
            while (!IsOver && (char.IsDigit(text[at]) || text[at] == '.' && at + 1 < text.Length
                && char.IsDigit(text[at + 1])))
                at++;
        return text[from..at];
    }
}
