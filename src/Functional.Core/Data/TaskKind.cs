namespace Functional;

/// <summary>What targets mean.</summary>
public enum TaskKind
{
    /// <summary>To be found, and said: classes where the target is text, or a few whole numbers without a gap.</summary>
    Auto,

    /// <summary>One class of several.</summary>
    Classes,

    /// <summary>Labels that hold (1) or not (0).</summary>
    Labels,

    /// <summary>Numbers.</summary>
    Numbers,
}
