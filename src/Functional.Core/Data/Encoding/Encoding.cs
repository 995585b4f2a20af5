using System.Numerics;
using Functional.Core.Numbers;

namespace Functional.Core.Data;

/// <summary>How samples become what a network sees: which columns, what missing cells are filled with,
/// how inputs and targets are scaled. Learned on the training part alone, kept with the model: a pure
/// function of the samples.</summary>
/// <param name="Schema">The columns that inputs come from, and the names of classes; null where
/// they have no names.</param>
/// <param name="Fill">What takes the place of a missing input (NaN); null where none may be missing.</param>
/// <param name="Scaling">What inputs go through then.</param>
/// <param name="TargetScaling">What numbers to be predicted go through, and predictions come back through; null
/// where they stay as they are.</param>
public sealed record Encoding(Schema? Schema, Vec<double>? Fill, Scaling Scaling, Scaling? TargetScaling)
{
    /// <summary>What is done about a category that is none of the schema's.</summary>
    public UnseenCategories Unseen { get; init; }

    /// <summary>Learns it from the training part.</summary>
    internal static Encoding Learn(Dataset<double> train, MissingCells missing, Scaler scaling, Scaler? targetScaling)
    {
        var fill = Filling.Learn(missing, train.Inputs, train.Schema, train.Weights);
        var targets = train.Problem is Problem.Regression && targetScaling is not (null or Scaler.None)
            ? targetScaling.Learn(train.Targets, null, train.Weights)
            : null;
        return new(train.Schema, fill, scaling.Learn(train.Inputs, fill, train.Weights), targets);
    }

    /// <summary>Inputs as the network takes them: filled and scaled in double, then rounded.</summary>
    public Matrix<T> Inputs<T>(Matrix<double> inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Scaling.Apply<T>(inputs, Fill);

    /// <summary>The same of one sample.</summary>
    internal void Inputs<T>(ReadOnlySpan<double> inputs, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Scaling.Apply(inputs, into, Fill is null ? [] : Fill.Span);

    /// <summary>Targets as the loss takes them.</summary>
    internal Matrix<T> Targets<T>(Matrix<double> targets) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TargetScaling?.Apply<T>(targets) ?? targets.To<T>();

    /// <summary>Samples as training takes them.</summary>
    public Dataset<T> Apply<T>(Dataset<double> data) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        var scaled = TargetScaling is null ? data : data.WithTargets(TargetScaling.Apply<double>(data.Targets));
        return scaled.With(Inputs<T>(data.Inputs));
    }

    /// <summary>Outputs in the targets' own unit.</summary>
    internal Matrix<double> Outputs(Matrix<double> outputs) => TargetScaling?.Undo(outputs) ?? outputs;
}
