using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Formats;

namespace Functional;

/// <summary>A model as a safetensors file: a tensor for each piece of each layer (<c>0.weight</c>, input x output,
/// ...; of a bag's members <c>members.0.0.weight</c> ...), the scaling in double, and in the metadata the architecture,
/// the loss, the problem, the digest of the parameters and that of everything.</summary>
internal static class ModelFile
{
    private const string Format = "functional-model/1", BagFormat = "functional-bag/1", MemberCount = "members";
    private const string Shift = "scaling.shift", Factor = "scaling.factor", Fill = "scaling.fill",
        Clipped = "scaling.clipped",
        TargetShift = "target_scaling.shift", TargetFactor = "target_scaling.factor",
        SchemaText = "schema", Threshold = "threshold", Unseen = "unseen", About = "metadata",
        Content = "content_sha256";

    /// <exception cref="InvalidInputException">It cannot be written there; the message says why.</exception>
    public static void Write(string path, Model model) => Atomically.Write(path, Bytes(model));

    /// <summary>The bytes of the file.</summary>
    public static byte[] Bytes(Model model) => model switch
    {
        Model<float> single => Bytes(single, [("", single.Network)]),
        Model<double> twice => Bytes(twice, [("", twice.Network)]),
        Bag<float> bag => Bytes(bag, [.. bag.Networks.Select((network, i) => (Prefix(i), network))]),
        Bag<double> bag => Bytes(bag, [.. bag.Networks.Select((network, i) => (Prefix(i), network))]),
        _ => throw new InvalidOperationException("a model of an unknown precision"),
    };

    private static string Prefix(int member) => $"members.{member}.";

    private static byte[] Bytes<T>(Model model, (string Prefix, Network<T> Network)[] networks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (architecture, encoding) = (model.Architecture, model.Encoding);
        Tensor[] tensors =
        [
            .. networks.SelectMany(each => Pieces(
                Of(each.Prefix, architecture.Layout), each.Network.Parameters.Span)),
            .. networks.SelectMany(each => Pieces(
                Of(each.Prefix, architecture.RunningLayout), each.Network.Running.Span)),
            .. Pieces([new(Shift, [architecture.Inputs])], encoding.Scaling.Shift.Span),
            .. Pieces([new(Factor, [architecture.Inputs])], encoding.Scaling.Factor.Span),
            .. encoding.TargetScaling is { } targets
                ? Pieces([new(TargetShift, [architecture.Outputs])], targets.Shift.Span)
                : [],
            .. encoding.TargetScaling is { } scaled
                ? Pieces([new(TargetFactor, [architecture.Outputs])], scaled.Factor.Span)
                : [],
            .. encoding.Fill is { } fill ? Pieces([new(Fill, [architecture.Inputs])], fill.Span) : [],
        ];
        (string Name, string Text)[] texts =
        [
            ("format", model.IsBag ? BagFormat : Format),
            .. model.IsBag ? new[] { (MemberCount, $"{networks.Length}") } : [],
            ("architecture", architecture.ToJson()),
            ("loss", Written.Of(model.Loss, Loss.Kinds).ToJsonString()),
            ("problem", model.Problem switch
            {
                Problem.Classification(var classes) => $"classification {classes}",
                Functional.Problem.MultiLabel => "labels",
                _ => "regression"
            }),
            ("precision", Choices<Precision>.NameOf(model.Precision)),
            ("parameters_sha256", model.ParametersSha256),
            (About, Written.Of(model.Metadata).ToJsonString()),
            .. model.Threshold is { } threshold
                ? new[] { (Threshold, threshold.ToString("R", CultureInfo.InvariantCulture)) }
                : [],
            .. encoding.Scaling.IsClipped ? new[] { (Clipped, "yes") } : [],
            .. encoding.Unseen != UnseenCategories.Refuse
                ? new[] { (Unseen, Choices<UnseenCategories>.NameOf(encoding.Unseen)) }
                : [],
            .. encoding.Schema is { } schema ? new[] { (SchemaText, schema.ToJson()) } : [],
        ];
        return SafeTensors.Write(tensors, [.. texts, (Content, Digest(tensors, texts))]);
    }

    public static Model Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var (tensors, metadata) = SafeTensors.Read(file);
            if (metadata.GetValueOrDefault("format") is not (Format or BagFormat))
                throw new Unreadable(
                    $"it is a safetensors file without the metadata of a model (\"format\": \"{Format}\")");
            metadata.Remove(Content, out string? digest);
            bool intact = digest == Digest(tensors.Values, metadata.Select(text => (text.Key, text.Value)));
            string precision = metadata.GetValueOrDefault("precision", "");
            var model = Choices<Precision>.Find(precision) is { } known
                ? known.Do(new FromTensors(tensors, metadata))
                : throw new Unreadable($"its precision is \"{precision}\"; it should be float or double");
            if (metadata.TryGetValue(Threshold, out string? text))
                model = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold)
                    && threshold is >= 0 and <= 1
                    && model is { Problem: Problem.Classification(2), HasProbabilities: true }
                    ? model.At(threshold)
                    : throw new Unreadable(
                        $"its threshold is \"{text}\"; it should be a number between 0 and 1, of two classes");
            return intact ? model : throw new Unreadable(
                $"it was altered: the SHA-256 of its tensors and texts is not the one in its metadata");
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(fault is InvalidDataException or Unreadable
                ? (Phrase)$"{path} is not a model: {Unreadable.Why(fault)}"
                : $"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private sealed record FromTensors(Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata)
        : IInPrecision<Model>
    {
        public Model Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => Model<T>(Tensors, Metadata);
    }

    private static IEnumerable<Slice> Of(string prefix, IEnumerable<Slice> layout) =>
        layout.Select(slice => slice with { Name = prefix + slice.Name });

    private static int Members(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is > 0 and <= MostMembers
            ? count
            : throw new Unreadable($"it has \"{text}\" members; there should be between 1 and {MostMembers}");

    private const int MostMembers = 10_000;

    // Of a bag each member in turn.
    private static Network<T> Network<T>(string prefix, Architecture architecture, Dictionary<string, Tensor> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (prefix.Length > 0 && !tensors.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            throw new Unreadable(
                $"it has no tensors of {prefix.TrimEnd('.')}; every member of the bag should be there");
        return new(
            architecture, Joined<T>(Of(prefix, architecture.Layout), tensors),
            Joined<T>(Of(prefix, architecture.RunningLayout), tensors));
    }

    private static Model Model<T>(Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var architecture = Architecture.Read(metadata.GetValueOrDefault("architecture") ?? "").Match(
            Succ: value => value,
            Fail: faults => throw new Unreadable(Phrase.Join(" | ", faults.Select(fault => fault.Phrase))));
        var faults = new List<Invalid>();
        var loss = Reading.Of(metadata.GetValueOrDefault("loss") ?? "", Loss.Kinds, "its loss", faults);
        if (loss is not null) faults.AddRange(Check.Faults(loss, "its loss."));
        if (loss is null || faults.Count > 0)
            throw new Unreadable(Phrase.Join(" | ", faults.Select(fault => fault.Phrase)));
        var problem = Problem(metadata.GetValueOrDefault("problem") ?? "", architecture.Outputs);
        bool isBag = metadata["format"] == BagFormat;
        string[] prefixes = !isBag
            ? [""]
            : [.. Enumerable.Range(0, Members(metadata.GetValueOrDefault(MemberCount) ?? "")).Select(Prefix)];
        Network<T>[] networks = [.. prefixes.Select(prefix => Network<T>(prefix, architecture, tensors))];
        var scaling = new Scaling(Joined<double>([new(Shift, [architecture.Inputs])], tensors), Joined<double>(
            [new(Factor, [architecture.Inputs])], tensors),
            metadata.GetValueOrDefault(Clipped) == "yes");
        var fill = tensors.ContainsKey(Fill) ? Joined<double>([new(Fill, [architecture.Inputs])], tensors) : null;
        var targets = tensors.ContainsKey(TargetShift)
            ? new Scaling(
                Joined<double>([new(TargetShift, [architecture.Outputs])], tensors),
                Joined<double>([new(TargetFactor, [architecture.Outputs])], tensors))
            : null;
        if (tensors.Count > 0) throw new Unreadable($"tensor \"{tensors.Keys.First()}\" belongs to no layer");
        var schema =
            metadata.TryGetValue(SchemaText, out string? text) ? Schema(text, architecture.Inputs, problem) : null;
        string unseen = metadata.GetValueOrDefault(Unseen, Choices<UnseenCategories>.NameOf(UnseenCategories.Refuse));
        var encoding = new Core.Data.Encoding(schema, fill, scaling, targets)
        {
            Unseen = Choices<UnseenCategories>.Find(unseen) ?? throw new Unreadable(
                $"its unseen is \"{unseen}\"; it should be one of "
                    + $"{string.Join(", ", Choices<UnseenCategories>.Names)}"),
        };
        var about = Metadata(metadata);
        return isBag
            ? new Bag<T>([.. networks], problem, loss, encoding) { Metadata = about }
            : new Model<T>(networks[0], problem, loss, encoding) { Metadata = about };
    }

    // Older files have none.
    private static ModelMetadata Metadata(Dictionary<string, string> texts)
    {
        if (!texts.TryGetValue(About, out string? text)) return new();
        var faults = new List<Invalid>();
        var metadata = new ModelMetadata();
        try
        {
            using var document = JsonText.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                metadata = Reading.Of(document.RootElement, metadata, faults);
            else faults.Add(new($"it is not a JSON object"));
        }
        catch (JsonException)
        {
            faults.Add(new($"it is not JSON"));
        }
        return faults.Count == 0 ? metadata : throw new Unreadable(
            $"its metadata cannot be read: {Phrase.Join(" | ", faults.Select(fault => fault.Phrase))}");
    }

    private static Problem Problem(string text, int outputs) => text.Split(' ') switch
    {
        ["regression"] => new Problem.Regression(outputs),
        ["labels"] => new Problem.MultiLabel(outputs),
        ["classification", var count] when int.TryParse(count, out int classes) && classes >= 2
            && (outputs == classes || outputs == 1 && classes == 2) =>
            new Problem.Classification(classes),
        _ => throw new Unreadable($"its problem is \"{text}\"; it should be \"regression\", \"labels\" or "
            + $"\"classification\" and the number of classes"),
    };

    private static Schema Schema(string text, int inputs, Problem problem)
    {
        var schema = Core.Data.Schema.Read(text).Match(
            Succ: value => value,
            Fail: faults => throw new Unreadable(Phrase.Join(" | ", faults.Select(fault => fault.Phrase))));
        int labels = problem switch
        {
            Functional.Problem.Classification(var classes) => classes,
            Functional.Problem.MultiLabel(var some) => some,
            _ => 0
        };
        if (schema.Labels.Count > 0 && schema.Labels.Count != labels)
            throw new Unreadable($"its schema has {schema.Labels.Count} names of classes; its problem has {labels}");
        return schema.Features.Count == 0 || schema.Features.Sum(feature => feature.Width) == inputs
            ? schema
            : throw new Unreadable($"its schema has {schema.Features.Sum(feature => feature.Width)} inputs; its "
                + $"architecture has {inputs}");
    }

    /// <summary>SHA-256 of every tensor and every text, by name, each with its length: nothing in the
    /// file is outside it.</summary>
    private static string Digest(IEnumerable<Tensor> tensors, IEnumerable<(string Name, string Text)> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            Add(System.Text.Encoding.UTF8.GetBytes($"{tensor.Name} {tensor.Type} [{string.Join(',', tensor.Shape)}]"));
            Add(tensor.Bytes.Span);
        }
        foreach (var (name, text) in texts.OrderBy(text => text.Name, StringComparer.Ordinal))
        {
            Add(System.Text.Encoding.UTF8.GetBytes(name));
            Add(System.Text.Encoding.UTF8.GetBytes(text ?? ""));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(ReadOnlySpan<byte> bytes)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }

    private static List<Tensor> Pieces<T>(IEnumerable<Slice> layout, ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pieces = new List<Tensor>();
        foreach (var slice in layout)
        {
            pieces.Add(new(
                slice.Name, TypeName<T>(), [.. slice.Shape.Select(size => (long)size)],
                LittleEndian.Bytes(numbers[..slice.Length])));
            numbers = numbers[slice.Length..];
        }
        return pieces;
    }

    // Takes the tensors of a layout out of the file's, in order, and joins them to one vector.
    private static Vec<T> Joined<T>(IEnumerable<Slice> layout, Dictionary<string, Tensor> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cells = new List<T>();
        foreach (var slice in layout)
        {
            if (!tensors.Remove(slice.Name, out var tensor))
                throw new Unreadable($"tensor \"{slice.Name}\" is missing");
            if (tensor.Type != TypeName<T>() || !tensor.Shape.SequenceEqual(slice.Shape.Select(size => (long)size)))
                throw new Unreadable(
                    $"tensor \"{slice.Name}\" is {tensor.Type} of shape [{string.Join(", ", tensor.Shape)}]; it should "
                        + $"be {TypeName<T>()} of shape [{string.Join(", ", slice.Shape)}]");
            cells.AddRange(LittleEndian.Numbers<T>(tensor.Bytes.Span));
        }
        return Vec<T>.Of([.. cells]);
    }

    private static string TypeName<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Precisions.Of<T>() == Precision.Float ? "F32" : "F64";
}
