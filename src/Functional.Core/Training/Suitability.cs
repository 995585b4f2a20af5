using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;

namespace Functional.Core.Training;

/// <summary>Settings that are right by themselves and still do not go together.</summary>
internal static class Suitability
{
    /// <summary>The scaling of targets where none is given: only where outputs and loss take any number.</summary>
    public static Scaler TargetScaling(Draft draft, Problem problem, Loss loss) =>
        problem is Problem.Regression && draft.OutputActivation == Activation.Identity && loss.Targets == Interval.Any ? new Scaler.Standard() : new Scaler.None();

    /// <summary>What does not suit what is predicted, or each other.</summary>
    public static IEnumerable<Invalid> Faults(Draft draft, Problem problem, Loss loss)
    {
        string name = Loss.Kinds.NameOf(loss);
        if (loss.IsForClasses && problem is Problem.Regression)
            yield return new($"loss is \"{name}\"; it should not want classes where numbers are predicted");
        if (loss.IsAcrossOutputs && problem is Problem.MultiLabel)
            yield return new($"loss is \"{name}\"; it should not want one class of several where labels are predicted one by one");
        if (loss is BinaryCrossEntropy && draft.OutputActivation != Activation.Sigmoid && draft.OutputActivation != Activation.HardSigmoid && draft.OutputActivation != Activation.Softmax)
            yield return new($"output_activation is \"{Activation.Kinds.NameOf(draft.OutputActivation)}\"; for the loss \"{name}\", which takes probabilities, it should be sigmoid, hard_sigmoid or softmax");
        if (draft.OutputActivation == Activation.Softmax && Dataset<double>.Outputs(problem, loss) == 1)
            yield return new("output_activation is \"softmax\"; it should not be where there is one output, which would always be 1");
        if (draft.ClassWeights is not ClassWeighting.Equal && problem is not Problem.Classification)
            yield return new($"class_weights is \"{ClassWeighting.Kinds.NameOf(draft.ClassWeights)}\"; it should be \"equal\" where {What(problem)} are predicted");
        if (draft.ClassWeights is ClassWeighting.Given(var given) && problem is Problem.Classification(var classes) && (given.Count != classes || given.All(weight => weight == 0)))
            yield return new($"class_weights.weights has {given.Count} weights; there should be one for each of the {classes} classes, not all of them 0");
        if (draft.BatchSize <= draft.Shards && draft.Hidden.Any(HasBatchNorm))
            yield return new($"batch_size is {draft.BatchSize}{(draft.Shards > 1 ? $" in {draft.Shards} shards" : "")}; batch_norm should see at least 2 rows at a time, since of one row every output is the same");
        if (draft.TargetScaling is { } scaler and not Scaler.None && (problem is not Problem.Regression || loss.Targets != Interval.Any))
            yield return new($"target_scaling is \"{Scaler.Kinds.NameOf(scaler)}\"; it should be \"none\" where {(problem is Problem.Regression ? $"the loss is \"{name}\"" : $"{What(problem)} are predicted")}");
        foreach (var (field, metric) in new[] { ("stopping", draft.Stopping.Watched), ("schedule", draft.Schedule.Watched) })
            if (metric is not null && Stopping.NeedsValidation(metric) && Stopping.Metrics.Contains(metric) && !Stopping.IsOf(metric, problem))
                yield return new($"{field}.metric is \"{metric}\"; it should be one that {What(problem)} have");
    }

    private static bool HasBatchNorm(Layer layer) => layer switch
    {
        BatchNorm => true,
        Sequence sequence => sequence.Layers.Any(HasBatchNorm),
        Residual residual => residual.Body.Concat(residual.Shortcut).Any(HasBatchNorm),
        _ => false,
    };

    /// <summary>What training computes with must be in range as a float, too.</summary>
    public static IEnumerable<Invalid> InFloat(Draft draft) =>
    [
        .. draft.Hidden.SelectMany((layer, index) => Check.Faults(layer, $"hidden[{index}].", single: true)),
        .. Check.Faults(draft.OutputActivation, "output_activation.", single: true),
        .. draft.Loss is { } loss ? Check.Faults(loss, "loss.", single: true) : [],
        .. Check.Faults(draft.Initializer, "initializer.", single: true),
        .. Check.Faults(draft.Optimizer, "optimizer.", single: true),
        .. Check.Faults(draft.Penalty, "penalty.", single: true),
        .. Check.Faults(draft.ClassWeights, "class_weights.", single: true),
    ];

    private static string What(Problem problem) => problem switch { Problem.Classification => "classes", Problem.MultiLabel => "labels", _ => "numbers" };
}
