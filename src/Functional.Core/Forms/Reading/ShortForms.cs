namespace Functional.Core.Forms;

/// <summary>A whole number that stands for a member of a family, where one of a list is to be given.</summary>
/// <param name="Field">The member's field that the number is.</param>
/// <param name="Meaning">What the number is, for messages: <c>the units of a dense layer</c>.</param>
/// <param name="Range">The numbers that there are.</param>
/// <param name="Member">The member of a number, beside those that the list would have if it were not given.</param>
internal sealed record ShortNumber<A>(string Field, string Meaning, Interval Range, Func<int, Items<A>, A> Member);

/// <summary>A text that stands for a member of a family and is not the name of one.</summary>
/// <param name="Meaning">What the text is, for messages: <c>the path of a file that ends in .csv</c>.</param>
/// <param name="Pattern">A regular expression for the texts that there are.</param>
/// <param name="Member">The member of a text; null for a text that stands for none.</param>
internal sealed record ShortText<A>(string Meaning, string Pattern, Func<string, A?> Member);
