using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Sylvan.Data.Csv;

namespace Functional.Data;

/// <summary>From the name of a data set to its samples.</summary>
public static class DataCatalog
{
    /// <summary>The samples of a source: the built-in ones are read, toys are drawn from the seed.</summary>
    /// <exception cref="ArgumentException">The source only stands for data that a program has.</exception>
    public static Dataset<double> Load(DataSource source, ulong seed) => source switch
    {
        Digits => LoadDigits(),
        Toy toy => toy.Make(Key.FromSeed(seed).For(Purpose.Data).At(0)),
        _ => throw new ArgumentException($"{source} has no samples of its own"),
    };

    /// <summary>The built-in handwritten digits: 64 pixels from 0 to 16, and the digit.</summary>
    public static Dataset<double> LoadDigits()
    {
        using var text = new StreamReader(typeof(DataCatalog).Assembly.GetManifestResourceStream("digits.csv")!);
        var (inputs, targets) = (new List<double>(), new List<double>());
        using var rows = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = false, Culture = CultureInfo.InvariantCulture });
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

    /// <summary>SHA-256, in lower-case hexadecimal, of the numbers of rows and columns (32-bit) and then all inputs and all targets
    /// (64-bit), little-endian: two data sets have the same one exactly where they hold the same numbers.</summary>
    public static string Digest(Dataset<double> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> word = stackalloc byte[8];
        foreach (int count in (ReadOnlySpan<int>)[data.Rows, data.Inputs.Columns, data.Targets.Columns])
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, count);
            hash.AppendData(word[..4]);
        }
        foreach (var cells in (ReadOnlySpan<Vec<double>>)[data.Inputs.Cells, data.Targets.Cells])
            foreach (double cell in cells.Span)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(word, cell);
                hash.AppendData(word);
            }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
