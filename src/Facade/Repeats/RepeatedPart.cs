namespace Functional;

/// <summary>A part of the data, as the models of many trainings do on it: every figure of their reports has a mean and
/// a 95 % interval. Trainings that diverged or were cancelled are not among them.</summary>
/// <typeparam name="TReport">How a model is judged.</typeparam>
public sealed class RepeatedPart<TReport> where TReport : Evaluation
{
    internal RepeatedPart(IReadOnlyList<TReport> each, RepeatedOver over) => (Each, Over) = (each, over);

    /// <summary>The report of each training, at least one.</summary>
    public IReadOnlyList<TReport> Each { get; }

    /// <summary>What the experiment was repeated over.</summary>
    public RepeatedOver Over { get; }

    /// <summary>The mean of any figure of the reports.</summary>
    public SampleMean Of(Func<TReport, double> figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return SampleMean.Of([.. Each.Select(figure)], Over);
    }

    /// <summary>Of the loss.</summary>
    public SampleMean Loss => Of(report => report.Loss);

    /// <summary>The measure that people look at first: the accuracy, or R2.</summary>
    public SampleMean Score => Of(report => report.Score.Value);

    /// <summary>Every measure by its name, the loss first.</summary>
    public IReadOnlyList<(string Name, SampleMean Mean)> Measures =>
        [.. Each[0].Measures.Select((measure, i) => (measure.Name, Of(report => report.Measures[i].Value)))];

    /// <summary>Its score and loss in one line.</summary>
    public override string ToString() => Words.ToString();

    internal Phrase Words =>
        $"{Evaluation.WordsOf(Each[0].Score.Name)} {Score.Short}   loss {Loss.Short}   "
            + $"(95 %, {SampleMean.Counted(Each.Count, Over)})";
}
