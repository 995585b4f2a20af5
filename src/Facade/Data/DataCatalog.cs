using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Formats;
using Sylvan.Data.Csv;

namespace Functional.Data;

/// <summary>Samples as they are loaded.</summary>
/// <param name="Data">All samples, or all but those of the test part.</param>
/// <param name="Test">The samples that their makers keep for the end, if they do.</param>
public sealed record LoadedData(Dataset<double> Data, Dataset<double>? Test = null)
{
    /// <summary>What a person should know of how they were read, a line each: what of a file was left out.</summary>
    public Items<Phrase> Notes { get; init; } = [];
}

/// <summary>From a source of data to its samples.</summary>
public static class DataCatalog
{
    /// <summary>The samples of a source: built-in ones and files are read, toys are drawn from the seed.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="seed">What toys are drawn from.</param>
    /// <param name="missing">What is done about missing cells; those to be filled stay NaN. As for data of that
    /// name unless given.</param>
    /// <exception cref="ArgumentException">The source only stands for data that a program has.</exception>
    /// <exception cref="InvalidInputException">A file is missing or bad; the message names the place.</exception>
    public static LoadedData Load(DataSource source, ulong seed, MissingCells? missing = null) =>
        Load(source, seed, missing, null);

    /// <summary>The same for a task that is known, of which files may show a part: one of its classes alone.</summary>
    internal static LoadedData Load(DataSource source, ulong seed, MissingCells? missing, KnownTask? known) =>
        Read(source, seed, missing ?? Settings.For(source).Missing, known);

    private static LoadedData Read(DataSource source, ulong seed, MissingCells missing, KnownTask? known) =>
        source switch
        {
            CsvFile { Path.Length: 0 } or IdxDirectory { Path.Length: 0 } or NumpyFile { Path.Length: 0 } =>
                throw new InvalidInputException($"data.path is \"\"; it should be a file or directory"),
            Digits => new(LoadDigits()),
            Toy toy => new(toy.Make(Key.FromSeed(seed).For(Purpose.Data).At(0))),
            Penguins =>
                new(BuiltIn("penguins.csv", new CsvFile("", ["Species"], []) { Task = TaskKind.Classes }, missing)),
            AutoMpg => new(BuiltIn(
                "auto-mpg.csv",
                new CsvFile(
                    "", ["Miles_per_Gallon"],
                    ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration", "Year", "Origin"])
                {
                    Task = TaskKind.Numbers,
                },
                missing)),
            FashionMnist => ArrayData.Fashion(),
            CsvFile csv => TableData.Load(TableFile.Read(csv.Path, csv.Format), csv, missing, known),
            IdxDirectory idx => ArrayData.Load(idx),
            NumpyFile numpy => NumpyData.Load(numpy, missing, known),
            _ => throw new ArgumentException($"{source} has no samples of its own"),
        };

    /// <summary>The built-in handwritten digits: 64 pixels from 0 to 16, and the digit.</summary>
    public static Dataset<double> LoadDigits()
    {
        using var text = new StreamReader(typeof(DataCatalog).Assembly.GetManifestResourceStream("digits.csv")!);
        var (inputs, targets) = (new List<double>(), new List<double>());
        using var rows = CsvDataReader.Create(
            text, new CsvDataReaderOptions { HasHeaders = false, Culture = CultureInfo.InvariantCulture });
        while (rows.Read())
        {
            for (int column = 0; column < 64; column++) inputs.Add(rows.GetDouble(column));
            targets.Add(rows.GetDouble(64));
        }
        return Dataset<double>.Of(
            new Digits().Problem!,
            new(targets.Count, 64, Vec<double>.Of([.. inputs])),
            new(targets.Count, 1, Vec<double>.Of([.. targets])));
    }

    private static readonly TableFormat AsWritten =
        new() { Delimiter = ",", Header = HeaderLine.Yes, MissingValues = [] };

    /// <summary>A built-in table.</summary>
    internal static Table Table(string name)
    {
        using var text = new StreamReader(typeof(DataCatalog).Assembly.GetManifestResourceStream(name)!);
        return TableFile.Read(text, name, AsWritten);
    }

    private static Dataset<double> BuiltIn(string name, CsvFile source, MissingCells missing) =>
        TableData.Load(Table(name), source, missing).Data;

    /// <summary>SHA-256, in lower-case hexadecimal, of the numbers of rows and columns (32-bit) and then all
    /// inputs, all targets and all weights if there are any (64-bit), little-endian; then the same of the test
    /// part, if there is one. Two data sets have the same one exactly where they hold the same numbers (all NaNs
    /// count as one: a missing cell).</summary>
    public static string Digest(LoadedData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, data.Data);
        if (data.Test is not null) Add(hash, data.Test);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, Dataset<double> data)
    {
        Span<byte> word = stackalloc byte[4];
        foreach (int count in (ReadOnlySpan<int>)[data.Rows, data.Inputs.Columns, data.Targets.Columns])
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, count);
            hash.AppendData(word);
        }
        foreach (var table in (Matrix<double>?[])[
            data.Inputs, data.Targets, data.Weights is { } weights ? new(weights.Length, 1, weights) : null])
        {
            var room = new double[table?.Columns ?? 0];
            for (int row = 0; row < table?.Rows; row++) hash.AppendData(LittleEndian.Bytes(table.Row(row, room)));
        }
    }
}
