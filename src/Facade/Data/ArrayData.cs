using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>From images in files to samples, and from whatever has inputs without names to these.</summary>
internal static class ArrayData
{
    private const string DebianFashion = "/usr/share/datasets/fashion-mnist";

    /// <summary>Whether Fashion-MNIST is where Debian's package puts it.</summary>
    public static bool HasFashion => Directory.Exists(DebianFashion);

    /// <summary>Fashion-MNIST, where Debian's package puts it.</summary>
    public static LoadedData Fashion() => HasFashion
        ? Load(new IdxDirectory(DebianFashion))
        : throw new InvalidInputException(
            $"fashion-mnist is not on this machine: {DebianFashion} is missing. Debian's package has it (apt install "
                + $"dataset-fashion-mnist); else give --data a directory with its four IDX files");

    /// <summary>The inputs of an array, an archive or a directory's test images, and what was left out; null
    /// for other files.</summary>
    /// <exception cref="InvalidInputException">It is bad; the message names the place.</exception>
    public static (Matrix<double> Inputs, Items<Phrase> Notes)? Inputs(string path) =>
        Directory.Exists(path) ? (MnistDirectory.Load(path).Test.Images.Rows(), []) : NumpyData.Inputs(path);

    /// <summary>The images of a directory, row by row from 0 to 255, and their classes.</summary>
    public static LoadedData Load(IdxDirectory source)
    {
        var (train, test) = MnistDirectory.Load(source.Path);
        int classes = Math.Max(2, train.Labels.Bytes!.Concat(test.Labels.Bytes!).Max() + 1);
        return new(Samples(train, classes), Samples(test, classes));
    }

    private static Dataset<double> Samples(MnistPart part, int classes) => Dataset<double>.Of(
        new Problem.Classification(classes), part.Images.Rows(),
        new Matrix<double>(
            part.Labels.Count, 1, Vec<double>.Of([.. part.Labels.Bytes!.Select(label => (double)label)])));
}
