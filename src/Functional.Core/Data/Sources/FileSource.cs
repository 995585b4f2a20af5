
namespace Functional;

/// <summary>Data that lie in files: what is to be predicted is known once they are read.</summary>
public abstract record FileSource : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem => null;

    /// <inheritdoc/>
    public override int? InputCount => null;

    /// <summary>A regular expression for the paths whose ending says what they are.</summary>
    internal const string Pattern = @"\.([cC][sS][vV]|[tT][sS][vV]|[tT][xX][tT]|[gG][zZ]|[nN][pP][zZ]|[nN][pP][yY])$";

    /// <summary>The source of a path by its ending; null where that says nothing.</summary>
    internal static FileSource? ByEnding(string path) =>
        Ends(path, ".npz", ".npy") ? new NumpyFile(path)
        : Ends(path, ".csv", ".tsv", ".txt", ".gz") ? new CsvFile(path)
        : null;

    private static bool Ends(string path, params string[] endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A table of text: comma-separated values and their relatives. Text columns become categories, one
/// input for each value.</summary>
/// <param name="Path">The file.</param>
/// <param name="Target">The columns to predict, by name or number from 1; the last one if none are given.</param>
/// <param name="Features">The columns to predict from; all others if none are given, but for those that only
/// say which row it is.</param>
public sealed record CsvFile(string Path, Items<string> Target, Items<string> Features) : FileSource
{
    /// <summary>A table whose last column is to be predicted from all others.</summary>
    public CsvFile(string path) : this(path, [], []) { }

    /// <summary>What the targets mean.</summary>
    public TaskKind Task { get; init; }

    /// <summary>The column with the weights of the samples; none if empty.</summary>
    public string Weight { get; init; } = "";

    /// <summary>How the text is to be read; what is left open is found, and said.</summary>
    public TableFormat Format { get; init; } = new();

    /// <inheritdoc/>
    public override string Description =>
        "a CSV file of yours: { \"kind\": \"csv\", \"path\": ... }, or --data FILE.csv";

    internal override DataSource WithPaths(Func<string, string> change) => this with { Path = change(Path) };

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) =>
        new CsvFile(fields.Text("path", Path), fields.Texts("target", Target), fields.Texts("features", Features))
        {
            Task = fields.Choice("task", Task),
            Weight = fields.Text("weight", Weight),
            Format = Format.Each(fields),
        };
}

/// <summary>A directory of four IDX files, as MNIST and its family come; the test images are
/// kept for the end.</summary>
/// <param name="Path">The directory.</param>
public sealed record IdxDirectory(string Path) : FileSource
{
    /// <inheritdoc/>
    public override string Description => "a directory of yours with the four IDX files of the MNIST family";

    internal override DataSource WithPaths(Func<string, string> change) => new IdxDirectory(change(Path));

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new IdxDirectory(fields.Text("path", Path));
}

/// <summary>NumPy arrays: inputs x and targets y in one .npz file (or x_train and y_train, with x_test and
/// y_test for the end), or in two .npy files. Other arrays of an .npz file are left out; the notes of the
/// loaded data name them.</summary>
/// <param name="Path">The .npz file, or the .npy file of the inputs.</param>
/// <param name="Targets">The .npy file of the targets; empty for an .npz file.</param>
/// <param name="Task">What the targets mean.</param>
public sealed record NumpyFile(string Path, string Targets = "", TaskKind Task = TaskKind.Auto) : FileSource
{
    /// <inheritdoc/>
    public override string Description => "an .npz file of yours with arrays x and y";

    internal override DataSource WithPaths(Func<string, string> change) =>
        this with { Path = change(Path), Targets = Targets.Length == 0 ? "" : change(Targets) };

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) =>
        new NumpyFile(fields.Text("path", Path), fields.Text("targets", Targets), fields.Choice("task", Task));
}
