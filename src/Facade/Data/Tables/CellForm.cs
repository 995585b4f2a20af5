namespace Functional.Data;

/// <summary>What the text of a cell looks like.</summary>
internal enum CellForm
{
    /// <summary>Nothing, or a word for it.</summary>
    Missing,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>Digits that begin with a zero: 007. Mostly a name.</summary>
    Code,

    /// <summary>An amount of money: $5.</summary>
    Money,

    /// <summary>A percentage: 12%.</summary>
    Percent,

    /// <summary>A number with a comma in it: a decimal one, or thousands.</summary>
    Comma,

    /// <summary>A number with something else between its thousands.</summary>
    Grouped,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A hexadecimal number, or one with Fortran's exponent.</summary>
    Program,

    /// <summary>A whole number of which <c>double</c> has only a neighbour; mostly a name.</summary>
    Rounded,

    /// <summary>Infinity, or a number beyond the largest.</summary>
    NotFinite,

    /// <summary>Anything else.</summary>
    Text,
}
