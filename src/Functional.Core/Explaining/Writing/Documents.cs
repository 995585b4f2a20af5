using System.Text;

namespace Functional.Core.Explaining;

/// <summary>Explanations in Markdown, formulas in LaTeX between dollar signs.</summary>
internal sealed class Markdown(Figures figures)
{
    public string Write(Explanation explanation)
    {
        var mathematics = new Mathematics(figures, shrinks: false);
        var text = new StringBuilder($"# {explanation.Title}\n");
        foreach (var step in explanation.Steps)
            text.Append('\n').Append(step switch
            {
                ExplanationStep.Heading(var heading, var level, var symbol) =>
                    $"{new string('#', level + 1)} {heading}{Named(symbol)}\n",
                ExplanationStep.Prose(var prose) => $"{prose}\n",
                _ => $"$$\n\\begin{{aligned}}\n{mathematics.Lines(step, explanation.Numbers)}\n\\end{{aligned}}\n$$\n",
            });
        return text.ToString();
    }

    internal static string Named(Notation? symbol) => symbol is null ? "" : $" ${symbol.Latex}$";
}

/// <summary>Explanations as LaTeX documents that need nothing but what LaTeX comes with.</summary>
internal sealed class LatexDocument(Figures figures)
{
    private const string Preamble = """
        \documentclass[fleqn]{article}
        \usepackage[utf8]{inputenc}
        \usepackage{amsmath}
        \usepackage{graphicx}
        \usepackage[margin=2cm]{geometry}
        \allowdisplaybreaks
        \setcounter{MaxMatrixCols}{64}
        \setlength{\parindent}{0pt}
        \AtBeginDocument{\setlength{\abovedisplayskip}{4pt}\setlength{\belowdisplayskip}{4pt}\setlength{\abovedisplayshortskip}{4pt}\setlength{\belowdisplayshortskip}{4pt}}
        \newsavebox{\shrunkbox}
        \newcommand{\shrunk}[1]{\sbox{\shrunkbox}{$\displaystyle #1$}\ifdim\wd\shrunkbox>0.8\linewidth\resizebox{0.8\linewidth}{!}{\usebox{\shrunkbox}}\else\usebox{\shrunkbox}\fi}

        """;

    public string Write(Explanation explanation)
    {
        var mathematics = new Mathematics(figures, shrinks: true);
        var text = new StringBuilder(Preamble).Append("\\begin{document}\n\\section*{")
            .Append(Escaped(explanation.Title)).Append("}\n");
        foreach (var step in explanation.Steps)
            text.Append(step switch
            {
                ExplanationStep.Heading(var heading, var level, var symbol) =>
                    $"\n\\{(level == 1 ? "subsection" : "subsubsection")}*{{{Escaped(heading)}"
                    + $"{Markdown.Named(symbol)}}}\n",
                ExplanationStep.Prose(var prose) => $"\n{Escaped(prose)}\n",
                _ => $"\\begin{{align*}}\n{mathematics.Lines(step, explanation.Numbers)}\n\\end{{align*}}\n",
            });
        return text.Append("\\end{document}\n").ToString();
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => c switch
    {
        '\\' => @"\textbackslash{}",
        '~' => @"\textasciitilde{}",
        '^' => @"\textasciicircum{}",
        '_' or '%' or '&' or '#' or '{' or '}' or '$' => $@"\{c}",
        _ => $"{c}",
    }));
}
