namespace Functional;

/// <summary>What a step of a schedule is.</summary>
public enum ScheduleUnit
{
    /// <summary>A visit of all training samples.</summary>
    Epoch,

    /// <summary>A step of training.</summary>
    Step,
}
