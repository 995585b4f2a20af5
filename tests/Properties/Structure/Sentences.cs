using Functional;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Properties.Structure;

/// <summary>The sentences that the sources say to people: interpolated strings that become a
/// <see cref="Phrase"/>.</summary>
internal static class Sentences
{
    private static readonly Lazy<(string Sentence, string File, string[] Words)[]> Found = new(Find);

    /// <summary>Each with the file that says it, and the words within its values that no translation reaches.</summary>
    public static IReadOnlyList<(string Sentence, string File, string[] Words)> All => Found.Value;

    private static (string, string, string[])[] Find()
    {
        var compilation = CoreSources.Compiled("src");
        return [.. compilation.SyntaxTrees.AsParallel().SelectMany(tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            return from said in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>()
                   where said is InterpolatedStringExpressionSyntax or BinaryExpressionSyntax && IsPhrase(model, said)
                   where Around(said) is not BinaryExpressionSyntax
                   let parts = Parts(said)
                   select (Sentence(parts), Path.GetFileName(tree.FilePath), Words(model, parts));
        })];
    }

    private static bool IsPhrase(SemanticModel model, ExpressionSyntax said)
    {
        return Around(said) is CastExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: nameof(Phrase) } }
            || model.GetConversion(said).IsInterpolatedStringHandler
            && model.GetTypeInfo(said).ConvertedType?.Name == nameof(Phrase);
    }

    private static SyntaxNode? Around(SyntaxNode said)
    {
        var around = said.Parent;
        while (around is ParenthesizedExpressionSyntax) around = around.Parent;
        return around;
    }

    private static InterpolatedStringContentSyntax[] Parts(ExpressionSyntax said) => said switch
    {
        InterpolatedStringExpressionSyntax one => [.. one.Contents],
        BinaryExpressionSyntax sum => [.. Parts(sum.Left), .. Parts(sum.Right)],
        ParenthesizedExpressionSyntax inner => Parts(inner.Expression),
        _ => [],
    };

    private static string Sentence(InterpolatedStringContentSyntax[] parts)
    {
        int values = 0;
        return string.Concat(parts.Select(part =>
            part is InterpolatedStringTextSyntax text
                ? text.TextToken.ValueText
                : $"{{{values++}}}"));
    }

    // Texts that are values, but for those of phrases, for names of options, and for what calls are given.
    private static string[] Words(SemanticModel model, InterpolatedStringContentSyntax[] parts) =>
    [
        .. from value in parts.OfType<InterpolationSyntax>()
           from text in value.DescendantTokens(node =>
               node is not ArgumentSyntax && (node is not ExpressionSyntax inner || !IsPhrase(model, inner)))
           where text.RawKind is (int)SyntaxKind.StringLiteralToken or (int)SyntaxKind.InterpolatedStringTextToken
           where text.ValueText.Count(char.IsLetter) > 1 && !text.ValueText.StartsWith('-')
           select text.ValueText,
    ];
}
