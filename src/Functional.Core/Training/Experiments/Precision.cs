namespace Functional;

/// <summary>The numbers that training computes with.</summary>
public enum Precision
{
    /// <summary>Of 32 bits.</summary>
    Float,

    /// <summary>Of 64 bits.</summary>
    Double,
}

/// <summary>What a step of a schedule is.</summary>
public enum ScheduleUnit
{
    /// <summary>A visit of all training samples.</summary>
    Epoch,

    /// <summary>A step of training.</summary>
    Step,
}
