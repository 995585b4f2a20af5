namespace Functional;

/// <summary>What is done about a category that training never saw.</summary>
public enum UnseenCategories
{
    /// <summary>It is refused, with its row and column.</summary>
    Refuse,

    /// <summary>It is none of the column's values: each of their inputs is 0.</summary>
    Ignore,
}
