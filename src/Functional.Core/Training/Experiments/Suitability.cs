using Functional.Core.Forms;

namespace Functional.Core.Training;

/// <summary>Settings that are right by themselves and still do not go together.</summary>
internal static class Suitability
{
    /// <summary>The scaling of targets where none is given: only where outputs and loss take any number.</summary>
    public static Scaler TargetScaling(Settings settings, Problem problem, Loss loss) =>
        problem is Problem.Regression && settings.OutputActivation == Activation.Identity
            && loss.Targets == Interval.Any
        ? new Scaler.Standard()
        : new Scaler.None();

    /// <summary>What does not suit what is predicted, or each other.</summary>
    public static IEnumerable<Invalid> Faults(Settings settings, Problem problem, Loss loss)
    {
        string name = Loss.Kinds.NameOf(loss);
        if (loss.IsForClasses && problem is Problem.Regression)
            yield return new($"loss is \"{name}\", which is for classes; this task is regression");
        if (loss.IsAcrossOutputs && problem is Problem.MultiLabel)
            yield return new($"loss is \"{name}\", which is for one class of several; "
                + $"this task is to predict labels, each by itself");
        if (loss is BinaryCrossEntropy && settings.OutputActivation != Activation.Sigmoid
            && settings.OutputActivation != Activation.HardSigmoid && settings.OutputActivation != Activation.Softmax)
            yield return new($"output_activation is \"{Activation.Kinds.NameOf(settings.OutputActivation)}\"; for the "
                + $"loss \"{name}\", which takes probabilities, it should be sigmoid, hard_sigmoid or softmax");
        if (settings.OutputActivation == Activation.Softmax && Dataset<double>.Outputs(problem, loss) == 1)
            yield return new($"output_activation is \"softmax\"; it should not be where there is one output, "
                + $"which would always be 1");
        if (settings.ClassWeights != ClassWeights.Equal && problem is not Problem.Classification)
            yield return new($"class_weights is \"{ClassWeights.Kinds.NameOf(settings.ClassWeights)}\"; it should be "
                + $"\"equal\" where {What(problem)} are predicted");
        if (settings.ClassWeights is ClassWeights.Listed(var given) && problem is Problem.Classification(var classes)
            && (given.Count != classes || given.All(weight => weight == 0)))
            yield return new($"class_weights.weights has {given.Count} weights; there should be one for each of the "
                + $"{classes} classes, not all of them 0");
        if (settings.BatchSize <= settings.Shards && settings.Hidden.Any(HasBatchNorm))
            yield return new($"batch_size is "
                + $"{settings.BatchSize}"
                + $"{(settings.Shards > 1 ? (Phrase)$" in {settings.Shards} shards" : Phrase.Empty)}; batch_norm "
                + $"should see at least 2 rows at a time, since of one row every output is the same");
        if (settings.TargetScaling is { } scaler and not Scaler.None
            && (problem is not Problem.Regression || loss.Targets != Interval.Any))
            yield return new($"target_scaling is \"{Scaler.Kinds.NameOf(scaler)}\"; it should be \"none\" where "
                + $"{(problem is Problem.Regression
                    ? (Phrase)$"the loss is \"{name}\""
                    : $"{What(problem)} are predicted")}");
        if (settings.TargetScaling is { Clips: true } clipping)
            yield return new($"target_scaling is \"{Scaler.Kinds.NameOf(clipping)}\"; it should be one that can be "
                + $"undone: none, standard, range");
        foreach (var fault in Misplaced(settings.Optimizer, "optimizer")) yield return fault;
        foreach (var (field, metric)
            in new[] { ("stopping", settings.Stopping.Watched), ("schedule", settings.Schedule.Watched) })
            if (metric is not null && Stopping.NeedsValidation(metric) && Stopping.Metrics.Contains(metric)
                && !Stopping.IsOf(metric, problem))
                yield return new($"{field}.metric is \"{metric}\"; it should be one that {What(problem)} have");
    }

    /// <summary>Optimizers whose gradient is that of a second point, and which stand where one that was taken already
    /// arrives.</summary>
    /// <param name="optimizer">One that is right by itself.</param>
    /// <param name="path">Where it stands.</param>
    public static IEnumerable<Invalid> Misplaced(Optimizer optimizer, string path) =>
        Misplaced(optimizer, path, isFirst: true);

    private static IEnumerable<Invalid> Misplaced(Optimizer optimizer, string path, bool isFirst)
    {
        bool isChain = optimizer is Chain;
        if (optimizer.Ascends && !isFirst && !isChain)
            yield return new($"{path} is \"{Optimizer.Kinds.NameOf(optimizer)}\", which takes two gradients a step; it "
                + $"should be the optimizer itself or the first rule of its chain");
        foreach (var (i, (name, rule)) in optimizer.Within.Index())
            foreach (var fault in Misplaced(rule, $"{path}.{name}", isFirst && isChain && i == 0))
                yield return fault;
    }

    private static bool HasBatchNorm(Layer layer) => layer switch
    {
        BatchNorm => true,
        Sequence sequence => sequence.Layers.Any(HasBatchNorm),
        Residual residual => residual.Body.Concat(residual.Shortcut).Any(HasBatchNorm),
        _ => false,
    };

    /// <summary>What training computes with must be in range as a float, too.</summary>
    public static IEnumerable<Invalid> InFloat(Settings settings) =>
    [
        .. settings.Hidden.SelectMany((layer, index) => Check.Faults(layer, $"hidden[{index}].", single: true)),
        .. Check.Faults(settings.OutputActivation, "output_activation.", single: true),
        .. settings.Loss is { } loss ? Check.Faults(loss, "loss.", single: true) : [],
        .. Check.Faults(settings.Initializer, "initializer.", single: true),
        .. Check.Faults(settings.Optimizer, "optimizer.", single: true),
        .. Check.Faults(settings.Penalty, "penalty.", single: true),
        .. Check.Faults(settings.ClassWeights, "class_weights.", single: true),
    ];

    private static Phrase What(Problem problem) => problem switch
    {
        Problem.Classification => $"classes",
        Problem.MultiLabel => $"labels",
        _ => $"numbers",
    };
}
