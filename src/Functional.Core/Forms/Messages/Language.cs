namespace Functional;

/// <summary>The languages that people are spoken to in.</summary>
public enum Language
{
    /// <summary>English</summary>
    English,

    /// <summary>Español</summary>
    Spanish,
}
