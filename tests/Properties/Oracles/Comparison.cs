using System.Globalization;
using System.Text.Json;
using Functional.Core.Numbers;

namespace Properties.Oracles;

/// <summary>How far the library is from an oracle: the largest |got - want| / (1 + |want|) of some numbers.</summary>
internal sealed record Comparison(string What, double Error, double Tolerance)
{
    public const double Usual = 1e-11;

    public bool Holds => Error <= Tolerance;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{What} is off by {Error:G3}; it should be at most {Tolerance:G3}");

    public static Comparison Of(string what, JsonElement want, params ReadOnlySpan<double> got) =>
        Of(what, want.Numbers(), got, Usual);

    public static Comparison Of(
        string what, ReadOnlySpan<double> want, ReadOnlySpan<double> got, double tolerance = Usual) =>
        new(what, Largest(want, got), tolerance);

    /// <summary>Of counts and bits, which agree exactly or not at all.</summary>
    public static Comparison Exact(string what, JsonElement want, params ReadOnlySpan<double> got) =>
        Of(what, want.Numbers(), got, tolerance: 0);

    private static double Largest(ReadOnlySpan<double> want, ReadOnlySpan<double> got)
    {
        if (got.Length != want.Length) return double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < want.Length; i++)
        {
            double error = Math.Abs(got[i] - want[i]) / (1 + Math.Abs(want[i]));
            largest = Math.Max(largest, double.IsNaN(error) ? double.PositiveInfinity : error);
        }
        return largest;
    }
}

/// <summary>JSON as the golden files use it.</summary>
internal static class GoldenJson
{
    extension(JsonElement json)
    {
        public JsonElement At(string name) => json.GetProperty(name);
        public double Real(string name) => json.At(name).GetDouble();
        public int Whole(string name) => json.At(name).GetInt32();
        public bool Flag(string name) => json.At(name).GetBoolean();
        public string Text(string name) => json.At(name).GetString()!;
        public string Kind() => json.Text("kind");
        public JsonElement[] Many(string name) => [.. json.At(name).EnumerateArray()];

        /// <summary>All numbers of an array of any depth, in order.</summary>
        public double[] Numbers() =>
            json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().SelectMany(inner => inner.Numbers())]
            : [json.GetDouble()];

        public Vec<double> Vector(params ReadOnlySpan<string> names)
        {
            var numbers = new List<double>();
            foreach (string name in names) numbers.AddRange(json.At(name).Numbers());
            return Vec<double>.Of([.. numbers]);
        }

        /// <summary>An array of rows; an array of numbers is one column.</summary>
        public Matrix<double> Table(string name)
        {
            int rows = json.At(name).GetArrayLength();
            var cells = json.Vector(name);
            return new(rows, cells.Length / Math.Max(rows, 1), cells);
        }
    }
}
