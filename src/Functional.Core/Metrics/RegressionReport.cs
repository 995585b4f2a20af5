namespace Functional;

/// <summary>Of a regression.</summary>
/// <param name="Rows">Samples looked at.</param>
/// <param name="Loss">The loss.</param>
/// <param name="R2">1 - squared error / squared deviation of the targets, averaged over outputs; 1 is perfect, 0 is
/// as good as the mean.</param>
/// <param name="MeanSquaredError">Mean of (target - output)^2.</param>
/// <param name="MeanAbsoluteError">Mean of |target - output|.</param>
/// <param name="MedianAbsoluteError">Median of |target - output|, averaged over outputs.</param>
/// <param name="ExplainedVariance">1 - variance of the errors / variance of the targets, averaged over outputs; R2
/// that forgives a shift.</param>
public sealed record RegressionReport(
    int Rows, double Loss, double R2, double MeanSquaredError, double MeanAbsoluteError, double MedianAbsoluteError,
    double ExplainedVariance) : Evaluation(Rows, Loss)
{
    /// <inheritdoc/>
    public override (string Name, double Value) Score => ("r2", R2);

    /// <summary>The root of the mean squared error, in the targets' unit.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The root of the mean squared error of always predicting the mean of these targets; NaN where it
    /// was not measured.</summary>
    public double RootMeanSquaredErrorOfMean { get; init; } = double.NaN;

    /// <summary>The mean absolute error of always predicting the mean of these targets; NaN where it
    /// was not measured.</summary>
    public double MeanAbsoluteErrorOfMean { get; init; } = double.NaN;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, double Value)> Measures =>
    [
        ("loss", Loss), ("r2", R2), ("mean_squared_error", MeanSquaredError),
        ("mean_absolute_error", MeanAbsoluteError),
        ("median_absolute_error", MedianAbsoluteError), ("explained_variance", ExplainedVariance),
    ];
}
