using Functional.Core.Forms;

namespace Functional.Core.Data;

/// <summary>Data that lie in files: what is to be predicted is known once they are read.</summary>
public abstract record FileSource : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem => null;

    /// <inheritdoc/>
    public override int? Features => null;
}

/// <summary>A table of comma-separated values. Text columns become categories, one input for each value.</summary>
/// <param name="Path">The file.</param>
/// <param name="Target">The columns to predict, by name or number from 1; the last one if none are given.</param>
/// <param name="Use">The columns to predict from; all others if none are given.</param>
/// <param name="Task">"classification", "labels" (target columns of 0 and 1), "regression", or "auto": classes where the target is text.</param>
/// <param name="Weight">The column with the weights of the samples; none if empty.</param>
/// <param name="Header">Whether the first line holds names.</param>
/// <param name="Delimiter">What stands between cells, one character.</param>
/// <param name="MissingCells">"refuse", "drop" (the row), or what to fill them with: "mean", "median" or "most_frequent" of the training part.</param>
public sealed record CsvFile(
    string Path, Items<string> Target, Items<string> Use, string Task = "auto", string Weight = "", bool Header = true, string Delimiter = ",", string MissingCells = "refuse") : FileSource
{
    /// <summary>A table whose last column is to be predicted from all others.</summary>
    public CsvFile(string path) : this(path, [], []) { }

    /// <inheritdoc/>
    public override string Description => "a CSV file of yours: { \"kind\": \"csv\", \"path\": ... }, or --data FILE.csv";
    internal override string Missing => MissingCells;
    internal override DataSource Each(Fields fields) => new CsvFile(
        fields.Text("path", Path), fields.Texts("target", Target), fields.Texts("features", Use), fields.Choice("task", Task, "auto", "classification", "labels", "regression"),
        fields.Text("weight", Weight), fields.Flag("header", Header), fields.Text("delimiter", Delimiter), fields.Choice("missing", MissingCells, Filling.Ways));
}

/// <summary>A directory of four IDX files, as MNIST and its family come; the test images are kept for the end.</summary>
/// <param name="Path">The directory.</param>
public sealed record IdxDirectory(string Path) : FileSource
{
    /// <inheritdoc/>
    public override string Description => "a directory of yours with the four IDX files of the MNIST family";
    internal override DataSource Each(Fields fields) => new IdxDirectory(fields.Text("path", Path));
}

/// <summary>NumPy arrays: inputs x and targets y (class numbers where they are whole, else numbers) in one .npz file,
/// or
/// two .npy files. Other arrays of an .npz file are left out; the notes of the loaded data name them.</summary>
/// <param name="Path">The .npz file, or the .npy file of the inputs.</param>
/// <param name="Targets">The .npy file of the targets; empty for an .npz file.</param>
/// <param name="Task">"classification", "regression", or "auto": classes where the array is of whole numbers.</param>
public sealed record NumpyFile(string Path, string Targets = "", string Task = "auto") : FileSource
{
    /// <inheritdoc/>
    public override string Description => "an .npz file of yours with arrays x and y";
    internal override DataSource Each(Fields fields) => new NumpyFile(
        fields.Text("path", Path), fields.Text("targets", Targets), fields.Choice("task", Task, "auto", "classification", "regression"));
}
