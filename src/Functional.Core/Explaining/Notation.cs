using Functional.Core.Differentiation.Symbolic;

namespace Functional.Core.Explaining;

/// <summary>Something as mathematics writes it.</summary>
/// <param name="Text">For a terminal.</param>
/// <param name="Latex">For LaTeX's mathematics mode.</param>
public sealed record Notation(string Text, string Latex)
{
    /// <summary>A symbol's name.</summary>
    public static implicit operator Notation(Symbol symbol) => new(symbol.Name, symbol.AsLatex);

    /// <summary>The same on paper and on a terminal.</summary>
    public static implicit operator Notation(string text) => new(text, text);

    /// <summary>One after the other, without a sign between them.</summary>
    public static Notation operator +(Notation left, Notation right) =>
        new(left.Text + right.Text, left.Latex + right.Latex);

    /// <summary>A product of matrices or of a chain's factors.</summary>
    public static Notation operator *(Notation left, Notation right) =>
        new($"{left.Text} · {right.Text}", $@"{left.Latex} \cdot {right.Latex}");

    /// <summary>The product cell by cell.</summary>
    public Notation Cellwise(Notation other) => new($"{Text} ⊙ {other.Text}", $@"{Latex} \odot {other.Latex}");

    /// <summary>Rows for columns.</summary>
    public Notation Transposed => new(Text + "ᵀ", $@"{{{Latex}}}^\top");

    /// <summary>In brackets.</summary>
    public Notation Bracketed => new($"({Text})", $@"\left({Latex}\right)");

    /// <summary>One cell of a vector.</summary>
    public Notation Item(int j) => new($"{Text}_{j}", $"{Latex}_{{{j}}}");

    /// <summary>f(this)</summary>
    public Notation Of(Notation function) =>
        new(function.Text + Bracketed.Text, $@"{function.Latex}\mathopen{{}}{Bracketed.Latex}");

    /// <summary>How it moves with something: a partial derivative.</summary>
    public Notation By(Notation other) =>
        new($"∂{Text}/∂{other.Text}", $@"\frac{{\partial {Latex}}}{{\partial {other.Latex}}}");

    /// <summary>With a brace above it that says what it is; a terminal has no room for braces.</summary>
    public Notation Over(Notation label) => new(Text, $@"{{\overbrace{{{Latex}}}^{{{label.Latex}}}}}");

    /// <summary>With a brace below it that says what it is; a terminal has no room for braces.</summary>
    public Notation Under(Notation label) => new(Text, $@"{{\underbrace{{{Latex}}}_{{{label.Latex}}}}}");

    /// <summary>As a terminal shows it.</summary>
    public override string ToString() => Text;
}
