using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Formats;

/// <summary>A model as a safetensors file: a tensor for each piece of each layer (<c>0.weight</c>, input x output, ...), the
/// scaling in double, and in the metadata the architecture, the loss, the problem and the digest of the parameters.</summary>
internal static class ModelFile
{
    private const string Format = "functional-model/1";
    private const string Shift = "scaling.shift", Factor = "scaling.factor";

    public static void Write(string path, Model model) => Atomically.Write(path, model switch
    {
        Model<float> single => Bytes(single),
        Model<double> twice => Bytes(twice),
        _ => throw new InvalidOperationException("a model of an unknown precision"),
    });

    public static byte[] Bytes<T>(Model<T> model) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = model.Network;
        Tensor[] tensors =
        [
            .. Pieces(network.Architecture.Layout, network.Parameters.Span),
            .. Pieces(network.Architecture.RunningLayout, network.Running.Span),
            .. Pieces([new(Shift, [network.Architecture.Inputs])], model.Scaling.Shift.Span),
            .. Pieces([new(Factor, [network.Architecture.Inputs])], model.Scaling.Factor.Span),
        ];
        return SafeTensors.Write(tensors,
        [
            ("format", Format),
            ("architecture", network.Architecture.ToJson()),
            ("loss", Loss.Kinds.NameOf(model.Loss)),
            ("problem", model.Problem is Problem.Classification(var classes) ? $"classification {classes}" : "regression"),
            ("precision", model.Precision),
            ("parameters_sha256", model.ParametersSha256),
        ]);
    }

    public static Model Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var (tensors, metadata) = SafeTensors.Read(file);
            if (metadata.GetValueOrDefault("format") != Format) throw new InvalidDataException($"it is a safetensors file without the metadata of a model (\"format\": \"{Format}\")");
            return metadata.GetValueOrDefault("precision") switch
            {
                "float" => Model<float>(tensors, metadata),
                "double" => Model<double>(tensors, metadata),
                var other => throw new InvalidDataException($"its precision is \"{other}\"; it should be float or double"),
            };
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(fault is InvalidDataException
                ? $"{path} is not a model: {fault.Message}"
                : $"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static Model<T> Model<T>(Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var architecture = Architecture.Read(metadata.GetValueOrDefault("architecture") ?? "").Match(
            Succ: value => value,
            Fail: faults => throw new InvalidDataException(string.Join(" | ", faults)));
        var loss = Loss.Kinds.Find(metadata.GetValueOrDefault("loss") ?? "")
            ?? throw new InvalidDataException(Loss.Kinds.Unknown("loss", metadata.GetValueOrDefault("loss") ?? "").Message);
        var problem = Problem(metadata.GetValueOrDefault("problem") ?? "", architecture.Outputs);
        var parameters = Joined<T>(architecture.Layout, tensors);
        var running = Joined<T>(architecture.RunningLayout, tensors);
        var scaling = new Scaling(Joined<double>([new(Shift, [architecture.Inputs])], tensors), Joined<double>([new(Factor, [architecture.Inputs])], tensors));
        if (tensors.Count > 0) throw new InvalidDataException($"tensor \"{tensors.Keys.First()}\" belongs to no layer");
        var model = new Model<T>(new(architecture, parameters, running), problem, loss, scaling);
        if (model.ParametersSha256 != metadata.GetValueOrDefault("parameters_sha256"))
            throw new InvalidDataException("its parameters were altered: their SHA-256 is not the one in the metadata");
        return model;
    }

    private static Problem Problem(string text, int outputs) => text.Split(' ') switch
    {
        ["regression"] => new Problem.Regression(outputs),
        ["classification", var count] when int.TryParse(count, out int classes) && classes >= 2 && (outputs == classes || outputs == 1 && classes == 2) =>
            new Problem.Classification(classes),
        _ => throw new InvalidDataException($"its problem is \"{text}\"; it should be \"regression\" or \"classification\" and the number of classes"),
    };

    private static List<Tensor> Pieces<T>(IEnumerable<Slice> layout, ReadOnlySpan<T> numbers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pieces = new List<Tensor>();
        foreach (var slice in layout)
        {
            pieces.Add(new(slice.Name, TypeName<T>(), [.. slice.Shape.Select(size => (long)size)], LittleEndian.Bytes(numbers[..slice.Length])));
            numbers = numbers[slice.Length..];
        }
        return pieces;
    }

    // Takes the tensors of a layout out of the file's, in order, and joins them to one vector.
    private static Vec<T> Joined<T>(IEnumerable<Slice> layout, Dictionary<string, Tensor> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cells = new List<T>();
        foreach (var slice in layout)
        {
            if (!tensors.Remove(slice.Name, out var tensor)) throw new InvalidDataException($"tensor \"{slice.Name}\" is missing");
            if (tensor.Type != TypeName<T>() || !tensor.Shape.SequenceEqual(slice.Shape.Select(size => (long)size)))
                throw new InvalidDataException($"tensor \"{slice.Name}\" is {tensor.Type} of shape [{string.Join(", ", tensor.Shape)}]; it should be {TypeName<T>()} of shape [{string.Join(", ", slice.Shape)}]");
            cells.AddRange(LittleEndian.Numbers<T>(tensor.Bytes.Span));
        }
        return Vec<T>.Of([.. cells]);
    }

    private static string TypeName<T>() => typeof(T) == typeof(float) ? "F32" : "F64";
}
