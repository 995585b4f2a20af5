namespace Functional.Data;

/// <summary>Images and the class of each.</summary>
/// <param name="Images">Unsigned bytes of count x height x width; at least one of each.</param>
/// <param name="Labels">Unsigned bytes of count.</param>
internal sealed record MnistPart(IdxArray Images, IdxArray Labels);

/// <summary>A directory with the four files of MNIST, or of a data set laid out as it is.</summary>
internal static class MnistDirectory
{
    /// <summary>Reads them: {train,t10k}-{images-idx3,labels-idx1}-ubyte, with or without .gz, and also with a
    /// point before idx.</summary>
    /// <exception cref="InvalidInputException">Files are missing (all are named), bad, or do not
    /// belong together.</exception>
    public static (MnistPart Train, MnistPart Test) Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new InvalidInputException(
                $"{directory} is not there; it should be a directory with the four files of MNIST");
        string[] names =
            ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        string?[] paths = [.. names.Select(name => Find(directory, name))];
        string[] missing = [.. names.Where((_, i) => paths[i] is null)];
        if (missing.Length > 0)
            throw new InvalidInputException(
                $"{directory} has no {string.Join(", ", missing)}; it should, with or without .gz");
        var (train, test) = (Part(paths[0]!, paths[1]!), Part(paths[2]!, paths[3]!));
        if (!train.Images.SampleShape.SequenceEqual(test.Images.SampleShape))
            throw new InvalidInputException(
                $"{paths[2]} has images of {InputFile.Sizes(test.Images.SampleShape)}; it should have "
                    + $"{InputFile.Sizes(train.Images.SampleShape)}, as {paths[0]}");
        return (train, test);
    }

    private static string? Find(string directory, string name) =>
        new[] { name, name.Replace("-idx", ".idx", StringComparison.Ordinal) }
            .SelectMany(file => new[] { file, $"{file}.gz" })
            .Select(file => Path.Combine(directory, file))
            .FirstOrDefault(File.Exists);

    private static MnistPart Part(string imagesPath, string labelsPath)
    {
        var (images, labels) =
            (Bytes(imagesPath, 3, $"images, count x height x width"), Bytes(labelsPath, 1, $"labels, one an image"));
        if (images.Count == 0)
            throw new InvalidInputException(
                $"{imagesPath} has images of {InputFile.Sizes(images.Shape)}; no size should be 0");
        if (labels.Count != images.Shape[0])
            throw new InvalidInputException($"{labelsPath} has {labels.Count} labels; it should have "
                + $"{images.Shape[0]}, one for each image of {imagesPath}");
        return new(images, labels);
    }

    private static IdxArray Bytes(string path, int sizes, Phrase what)
    {
        var array = IdxFile.Read(path);
        if (array.Shape.Length != sizes)
            throw new InvalidInputException(array.Shape.Length == 1
                ? (Phrase)$"{path} has 1 dimension; it should have {sizes}: {what}"
                : $"{path} has {array.Shape.Length} dimensions; it should have {sizes}: {what}");
        if (array.Bytes is null)
            throw new InvalidInputException($"{path} is not of unsigned bytes; it should be (type 08)");
        return array;
    }
}
