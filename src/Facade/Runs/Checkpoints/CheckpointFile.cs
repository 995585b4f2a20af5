using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Training;
using Functional.Formats;
using Functional.Landscapes;

namespace Functional.Runs;

/// <summary>
/// A checkpoint as a safetensors file: parameters, running values and the optimizer's memories as they are, what
/// predicts and what is kept where those are others, the numbers that schedule and stopping have watched, and of which
/// training it is. Reading it back gives the same checkpoint to the bit, but for the evaluation on the validation part
/// and the measures of the last step, which no next step depends on.
/// </summary>
internal static class CheckpointFile
{
    private const string Format = "functional-checkpoint/1";
    private const string Parameters = "parameters", Running = "running", Moments = "moments",
        Predicting = "predicting.", Best = "best.", BySchedule = "watched.schedule", ByStopping = "watched.stopping",
        Numbers = "numbers";
    private const string Training = "training_sha256", Epoch = "epoch", Step = "step", Chosen = "is_chosen",
        Outcome = "outcome", Curvature = "curvature";

    /// <summary>What is kept beside a checkpoint.</summary>
    /// <param name="Training">The digest of the training that it is a point of.</param>
    /// <param name="Seconds">How long that has taken so far.</param>
    /// <param name="Curvature">The curvature within the epoch under way.</param>
    public sealed record Beside(string Training, double Seconds, Items<CurvaturePoint> Curvature);

    /// <summary>The bytes of the file.</summary>
    /// <param name="at">The checkpoint.</param>
    /// <param name="beside">What is kept beside it.</param>
    /// <param name="room">Memory to write them into; another one afterwards where it was too small.</param>
    public static ReadOnlyMemory<byte> Bytes<T>(Checkpoint<T> at, Beside beside, ref byte[] room)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (state, predicting, best) = (at.State, at.Network, at.Best);
        (string Name, Vec<T> Numbers)[] cells =
        [
            .. Network("", state.Network),
            (Moments, state.Optimizer.Moments),
            .. predicting == state.Network ? [] : Network(Predicting, predicting),
            .. best == predicting ? [] : Network(Best, best),
        ];
        (string Name, double[] Numbers)[] others =
        [
            (BySchedule, [.. at.Watched.BySchedule]), (ByStopping, [.. at.Watched.ByStopping]),
            (Numbers, [at.TrainLoss, at.Seen.Sum, at.Seen.Weight, LossOf(state.Outcome), beside.Seconds]),
        ];
        return SafeTensors.Write(
            [
                .. cells.Select(tensor => Head<T>(tensor.Name, tensor.Numbers.Length)),
                .. others.Select(tensor => Head<double>(tensor.Name, tensor.Numbers.Length)),
            ],
            [
                ("format", Format), (Training, beside.Training),
                (Epoch, at.Epoch.ToString(CultureInfo.InvariantCulture)),
                (Step, state.Step.ToString(CultureInfo.InvariantCulture)), (Chosen, at.IsChosen ? "yes" : "no"),
                (Outcome, state.Outcome switch
                {
                    Core.Training.Outcome.Trained => "trained",
                    Core.Training.Outcome.Diverged => "diverged",
                    _ => "untrained",
                }),
                (Curvature, new JsonArray([.. beside.Curvature.Select(point => point.ToJson())]).ToJsonString()),
            ],
            (tensor, into) =>
            {
                if (tensor < cells.Length) LittleEndian.Write(cells[tensor].Numbers.Span, into);
                else LittleEndian.Write<double>(others[tensor - cells.Length].Numbers, into);
            },
            ref room);
    }

    /// <summary>The checkpoint that a file holds.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="training">The digest of the training that it should be a point of.</param>
    /// <param name="experiment">What is trained.</param>
    /// <exception cref="InvalidDataException">It is not one, or of another training; the message says why.</exception>
    public static (Checkpoint<T> At, Beside Beside) Read<T>(byte[] bytes, string training, Experiment experiment)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (tensors, texts) = SafeTensors.Read(new MemoryStream(bytes));
        string Text(string name) => texts.GetValueOrDefault(name) ?? throw new Unreadable($"it has no {name}");
        if (Text("format") != Format) throw new Unreadable($"its format is {Text("format")}; it should be {Format}");
        if (Text(Training) != training) throw new Unreadable($"it is a checkpoint of another training");
        var state = Network("");
        var predicting = tensors.ContainsKey(Predicting + Parameters) ? Network(Predicting) : state;
        var best = tensors.ContainsKey(Best + Parameters) ? Network(Best) : predicting;
        double[] numbers = Cells<double>(Numbers, 5);
        long step = Whole(Step);
        Core.Training.Outcome outcome = Text(Outcome) switch
        {
            "trained" => new Core.Training.Outcome.Trained(numbers[3]),
            "diverged" => new Core.Training.Outcome.Diverged(step, numbers[3]),
            _ => new Core.Training.Outcome.Untrained(),
        };
        int memory = experiment.Settings.Optimizer.Memory(experiment.Architecture.ParameterCount);
        var at = new Checkpoint<T>(
            (int)Whole(Epoch), new(state, new(step, Vec<T>.Freeze(Cells<T>(Moments, memory))), outcome), predicting,
            numbers[0], null, Text(Chosen) == "yes", ([.. Cells<double>(BySchedule)], [.. Cells<double>(ByStopping)]),
            best)
        {
            Seen = new(numbers[1], numbers[2]),
        };
        return (at, new(training, numbers[4], [.. Points(Text(Curvature))]));

        long Whole(string name) =>
            long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long whole)
                ? whole
                : throw new Unreadable($"its {name} is {Text(name)}; it should be a whole number");

        Network<T> Network(string prefix) => new(
            experiment.Architecture,
            Vec<T>.Freeze(Cells<T>(prefix + Parameters, experiment.Architecture.ParameterCount)),
            Vec<T>.Freeze(Cells<T>(
                prefix + Running, experiment.Architecture.RunningLayout.Sum(slice => slice.Length))));

        TNumber[] Cells<TNumber>(string name, int? count = null)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        {
            if (!tensors.TryGetValue(name, out var tensor)) throw new Unreadable($"tensor \"{name}\" is missing");
            if (tensor.Type == TypeOf<TNumber>() && tensor.Shape is [var length] && length == (count ?? length))
                return LittleEndian.Numbers<TNumber>(tensor.Bytes.Span);
            throw new Unreadable($"tensor \"{name}\" is {tensor.Type} of shape [{string.Join(", ", tensor.Shape)}]; it "
                + $"should be {TypeOf<TNumber>()} of shape [{count}]");
        }
    }

    private static IEnumerable<CurvaturePoint> Points(string json)
    {
        try
        {
            return [.. JsonNode.Parse(json)!.AsArray().Select(point => CurvaturePoint.Read(point!.AsObject()))];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new Unreadable($"its curvature is not the JSON of one", fault);
        }
    }

    private static double LossOf(Outcome outcome) => outcome switch
    {
        Core.Training.Outcome.Trained(var loss) => loss,
        Core.Training.Outcome.Diverged(_, var loss) => loss,
        _ => 0,
    };

    private static (string, Vec<T>)[] Network<T>(string prefix, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [(prefix + Parameters, network.Parameters), (prefix + Running, network.Running)];

    private static TensorHead Head<T>(string name, int count) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(name, TypeOf<T>(), [count], checked(count * LittleEndian.Size<T>()));

    private static string TypeOf<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Precisions.Of<T>() == Precision.Float ? "F32" : "F64";
}
