using System.Text.Json;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Properties.Oracles;

/// <summary>What the library has for what the oracles name; null where it has nothing yet.</summary>
internal static class Counterpart
{
    public static Activation? OfActivation(JsonElement activation) => activation.Kind() switch
    {
        "identity" => Activation.Identity,
        "sigmoid" => Activation.Sigmoid,
        "tanh" => Activation.Tanh,
        "relu" => Activation.Relu,
        "softplus" => Activation.Softplus,
        "leaky_relu" => Activation.LeakyRelu(activation.Real("negative_slope")),
        "elu" => Activation.Elu(activation.Real("alpha")),
        "selu" => Activation.Selu,
        "gelu" => Activation.Gelu,
        "gelu_tanh" => Activation.GeluTanh,
        "silu" => Activation.Silu,
        "mish" => Activation.Mish,
        "softsign" => Activation.Softsign,
        "hard_tanh" => Activation.HardTanh,
        "hard_sigmoid" => Activation.HardSigmoid,
        _ => null,
    };

    public static Loss? OfLoss(JsonElement loss) => loss.Kind() switch
    {
        "half_sum_squared_error" => new HalfSumSquaredError(),
        "mean_squared_error" => new MeanSquaredError(),
        "mean_absolute_error" => new MeanAbsoluteError(),
        "huber" => new Huber(loss.Real("delta")),
        "poisson_nll" => new PoissonNll(),
        "softmax_cross_entropy" or "softmax_cross_entropy_class_weights" => new SoftmaxCrossEntropy(),
        "softmax_cross_entropy_label_smoothing" => new SoftmaxCrossEntropy(loss.Real("label_smoothing")),
        "softmax_cross_entropy_soft_targets" => new SoftmaxCrossEntropySoftTargets(),
        "softmax_kl_div" => new SoftmaxKlDiv(),
        "multi_margin_hinge" when loss.Whole("p") == 1 => new MultiMarginHinge(loss.Real("margin")),
        "binary_cross_entropy_with_logits" => new BinaryCrossEntropyWithLogits(),
        "binary_cross_entropy" => new BinaryCrossEntropy(),
        _ => null,
    };

    /// <summary>The loss of some outputs, its delta included; class weights are the weights of the
    /// samples of each class.</summary>
    public static (double Value, Matrix<double> Delta) ValueAndDelta(
        JsonElement loss, Matrix<double> outputs, Matrix<double> targets) =>
        OfLoss(loss)!.ValueAndDelta(outputs, targets, Weights(loss, targets));

    /// <summary>What each sample weighs.</summary>
    public static Vec<double>? Weights(JsonElement loss, Matrix<double> targets) =>
        loss.Kind() == "softmax_cross_entropy_class_weights"
        ? Vec<double>.Of(
            [.. targets.Cells.Span.ToArray().Select(label => loss.At("class_weights").Numbers()[(int)label])])
        : null;

    public static Optimizer? OfOptimizer(JsonElement run)
    {
        var its = run.At("hyper_parameters");
        return run.Text("optimizer") switch
        {
            "sgd" => new Sgd(
                its.Real("lr"), its.Real("momentum"), its.Flag("nesterov"), its.Real("weight_decay"),
                its.Real("dampening")),
            "adam" => new Adam(
                its.Real("lr"), Beta(its, 0), Beta(its, 1), its.Real("eps"), its.Real("weight_decay"),
                its.Flag("amsgrad")),
            "adamw" => new AdamW(
                its.Real("lr"), Beta(its, 0), Beta(its, 1), its.Real("eps"), its.Real("weight_decay"),
                its.Flag("amsgrad")),
            "adamax" =>
                new Adamax(its.Real("lr"), Beta(its, 0), Beta(its, 1), its.Real("eps"), its.Real("weight_decay")),
            "nadam" => new Nadam(
                its.Real("lr"), Beta(its, 0), Beta(its, 1), its.Real("eps"), its.Real("momentum_decay"),
                its.Real("weight_decay")),
            "radam" => new Radam(its.Real("lr"), Beta(its, 0), Beta(its, 1), its.Real("eps"), its.Real("weight_decay")),
            "rmsprop" => new RmsProp(
                its.Real("lr"), its.Real("alpha"), its.Real("eps"), its.Flag("centered"), its.Real("momentum"),
                its.Real("weight_decay")),
            "adagrad" => new Adagrad(
                its.Real("lr"), its.Real("lr_decay"), its.Real("initial_accumulator_value"), its.Real("eps"),
                its.Real("weight_decay")),
            "adadelta" => new Adadelta(its.Real("lr"), its.Real("rho"), its.Real("eps"), its.Real("weight_decay")),
            "rprop" => new Rprop(
                its.Real("lr"), Pair(its, "etas", 0), Pair(its, "etas", 1), Pair(its, "step_sizes", 0),
                Pair(its, "step_sizes", 1)),
            "asgd" => new Asgd(
                its.Real("lr"), its.Real("lambd"), its.Real("alpha"), (int)its.Real("t0"), its.Real("weight_decay")),
            "sam" => new Sam(its.Real("rho"), its.Flag("adaptive"), OfOptimizer(its.At("base"))!),
            _ => null,
        };
    }

    public static Optimizer? OfClip(JsonElement clip) =>
        clip.ValueKind == JsonValueKind.Null ? Optimizer.Identity
        : clip.Kind() == "global_norm" ? new ClipNorm(clip.Real("max_norm"))
        : clip.Kind() == "value" ? new ClipValue(clip.Real("clip_value"))
        : null;

    /// <summary>The first activation, or the loss, of a dense network that the library does not have.</summary>
    public static string? Lacks(JsonElement network) =>
        network.Many("activations").Where(activation => OfActivation(activation) is null)
            .Concat(Enumerable.Repeat(network.At("loss"), OfLoss(network.At("loss")) is null ? 1 : 0))
            .Select(missing => missing.Kind()).FirstOrDefault();

    /// <summary>The layers of a dense network that <see cref="Lacks"/> nothing.</summary>
    public static Dense[] Layers(JsonElement network) => [.. network.At("layer_sizes").Numbers().Skip(1).Zip(
        network.Many("activations"), (units, activation) => new Dense((int)units, OfActivation(activation)!))];

    public static Architecture Architecture(JsonElement network) =>
        Functional.Core.Networks.Architecture.Of((int)network.At("layer_sizes").Numbers()[0], Layers(network));

    private static double Beta(JsonElement its, int index) => Pair(its, "betas", index);
    private static double Pair(JsonElement its, string name, int index) => its.At(name).Numbers()[index];
}
