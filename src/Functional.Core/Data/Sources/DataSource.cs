using Functional.Core.Randomness;

namespace Functional;

/// <summary>Where an experiment's data come from, as a value.</summary>
public abstract record DataSource : Form<DataSource>
{
    /// <summary>Every source that has a name, by that name.</summary>
    public static Kinds<DataSource> Kinds { get; } = new(
        "data set",
        ("digits", new Digits()), ("xor", new Xor()), ("moons", new Moons()), ("circles", new Circles()),
        ("spirals", new Spirals()),
        ("blobs", new Blobs()), ("sine", new Sine()), ("fourier", new Fourier()), ("mnist-1d", new Mnist1D()),
        ("penguins", new Penguins()),
        ("auto-mpg", new AutoMpg()),
        ("fashion-mnist", new FashionMnist()), ("csv_file", new CsvFile("")), ("idx_directory", new IdxDirectory("")),
        ("numpy_file", new NumpyFile("")), ("given", new Given()))
    {
        Text = new(
            "the path of a file that ends in .csv, .tsv, .txt, .gz, .npz or .npy", FileSource.Pattern,
            FileSource.ByEnding),
    };

    /// <summary>What is to be predicted, if it is known before the data are read.</summary>
    public abstract Problem? Problem { get; }

    /// <summary>How many numbers a sample has, if it is known before the data are read.</summary>
    public abstract int? InputCount { get; }

    /// <summary>One line for people.</summary>
    public abstract string Description { get; }

    /// <summary>Whether a built-in table has missing cells; then it has more inputs where there are to be
    /// indicators of them.</summary>
    internal virtual bool HasMissingCells => false;

    /// <summary>The same data with every path changed.</summary>
    internal virtual DataSource WithPaths(Func<string, string> change) => this;
}

/// <summary>Data that the program at hand has: an experiment on them can be redone only with the same data.</summary>
public sealed record Given : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem => null;

    /// <inheritdoc/>
    public override int? InputCount => null;

    /// <inheritdoc/>
    public override string Description => "data handed over by a program";
}

/// <summary>A problem that is drawn from a key.</summary>
public abstract record Toy : DataSource
{
    /// <summary>The samples of a key.</summary>
    public abstract Dataset<double> Make(Key key);
}
