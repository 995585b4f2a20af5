using System.Globalization;
using Superpower;
using Superpower.Parsers;

namespace Functional.Store;

/// <summary>How a filter is written.</summary>
internal static class FilterGrammar
{
    private static TextParser<A> Lexeme<A>(TextParser<A> parser) =>
        from it in parser
        from blank in Character.WhiteSpace.Many()
        select it;

    private static readonly TextParser<string> Name = Lexeme(
        from first in Character.Letter
        from rest in Character.LetterOrDigit.Or(Character.In('.', '_', '-')).Many()
        select first + new string(rest)).Where(name => name is not ("and" or "or" or "not"));

    private static readonly TextParser<FieldValue> Number = Lexeme(
        Numerics.Decimal.Then(digits =>
            (from sign in Character.In('e', 'E')
             from power in Numerics.Integer
             select $"{digits}e{power}").Try().OptionalOrDefault($"{digits}")))
        .Select(text => RunFields.Of(text, double.Parse(text, CultureInfo.InvariantCulture)));

    private static readonly TextParser<FieldValue> Quoted = Lexeme(
        QuotedString.SqlStyle.Or(QuotedString.CStyle)).Select(text => new FieldValue(null, text));

    private static readonly TextParser<string> Operator = Lexeme(
        Span.EqualTo("==").Try().Select(_ => "=")
            .Or(Span.EqualTo("!=").Try().Or(Span.EqualTo("<=").Try()).Or(Span.EqualTo(">=").Try())
                .Or(Span.EqualTo("=")).Or(Span.EqualTo("<")).Or(Span.EqualTo(">"))
                .Select(span => span.ToStringValue())));

    private static readonly TextParser<Filter> Compared =
        from field in Name
        from comparison in Operator
        from value in Number.Try().Or(Quoted).Or(Name.Select(name => new FieldValue(null, name)))
        select (Filter)new Filter.Comparison(field, comparison, value);

    private static readonly TextParser<Filter> Inner =
        (from open in Lexeme(Character.EqualTo('('))
         from inside in Parse.Ref(() => Either!)
         from close in Lexeme(Character.EqualTo(')'))
         select inside)
        .Or((from not in Keyword("not") from inside in Parse.Ref(() => Inner!) select (Filter)new Filter.Not(inside))
            .Try())
        .Or(Compared);

    private static readonly TextParser<Filter> Joined =
        Parse.Chain(Keyword("and").Try(), Inner, (_, one, other) => new Filter.Both(one, other, IsOr: false));

    private static readonly TextParser<Filter> Either =
        Parse.Chain(Keyword("or").Try(), Joined, (_, one, other) => new Filter.Both(one, other, IsOr: true));

    /// <summary>A whole filter.</summary>
    public static TextParser<Filter> Whole { get; } =
        from blank in Character.WhiteSpace.Many()
        from all in Either
        from end in Parse.Return(all).AtEnd()
        select all;

    private static TextParser<string> Keyword(string word) => Lexeme(
        from letters in Character.Letter.AtLeastOnce()
        where new string(letters).Equals(word, StringComparison.OrdinalIgnoreCase)
        select word);
}
