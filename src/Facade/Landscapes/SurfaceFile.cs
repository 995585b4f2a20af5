using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Functional.Core.Landscapes;
using Functional.Formats;

namespace Functional.Landscapes;

/// <summary>Surfaces as files: a table (.csv), JSON (.json), an array of losses for NumPy (.npy), a mesh for ParaView
/// (.vtp).</summary>
public static class SurfaceFile
{
    private static readonly string[] Endings = [".csv", ".json", ".npy", ".vtp"];

    /// <summary>Why a surface cannot be written under a name; null where its ending says how.</summary>
    public static Phrase? Fault(string path) => Endings.Contains(Ending(path))
        ? Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))
            ? null
            : (Phrase)$"{path} cannot be written: its directory is not there"
        : $"{path} ends in no form of a surface; it should end in one of {string.Join(", ", Endings)}";

    /// <summary>Writes a surface, whole or not at all, in the form that the name's ending says.</summary>
    /// <exception cref="InvalidInputException">The ending is another one, or it cannot be written there.</exception>
    public static void Save(this Surface surface, string path)
    {
        ArgumentNullException.ThrowIfNull(surface);
        if (Fault(path) is { } fault) throw new InvalidInputException(fault);
        byte[] bytes = Ending(path) switch
        {
            ".csv" => Encoding.UTF8.GetBytes(Csv(surface)),
            ".json" => Encoding.UTF8.GetBytes(ToJson(surface).ToJsonString() + "\n"),
            ".npy" => NumpyArray.Of(surface.Losses),
            _ => Encoding.UTF8.GetBytes(Vtp(surface)),
        };
        Atomically.Write(path, bytes);
    }

    /// <summary>The grid and what was measured on it; numbers that are not finite are null.</summary>
    public static JsonObject ToJson(this Surface surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        return new()
        {
            ["x"] = $"{surface.XName}",
            ["y"] = $"{surface.YName}",
            ["xs"] = Numbers(surface.Grid.Xs),
            ["ys"] = Numbers(surface.Grid.Ys),
            ["losses"] = Rows(surface.Losses),
            ["accuracies"] = surface.Accuracies is { } accuracies ? Rows(accuracies) : null,
        };
    }

    private static string Ending(string path) =>
        Path.GetExtension(path) is { } ending ? ending.ToLowerInvariant() : "";

    private static JsonArray Numbers(IEnumerable<double> numbers) =>
        new([.. numbers.Select(JsonNumber.Of)]);

    private static JsonArray Rows(Core.Numbers.Matrix<double> table) =>
        new([.. table.Select(row => Numbers(row.ToArray()))]);

    private static string Csv(Surface surface)
    {
        var text = new StringBuilder(surface.Accuracies is null ? "x,y,loss\n" : "x,y,loss,accuracy\n");
        foreach (var (x, y, loss, accuracy) in Points(surface))
        {
            text.Append(Number(x)).Append(',').Append(Number(y)).Append(',').Append(Number(loss));
            if (surface.Accuracies is not null) text.Append(',').Append(Number(accuracy));
            text.Append('\n');
        }
        return text.ToString();
    }

    // Polygons over the plane, as high as the loss; those with a corner that is not finite are left out.
    private static string Vtp(Surface surface)
    {
        var points = Points(surface).ToArray();
        int columns = surface.Grid.Columns;
        int[][] squares =
        [
            .. from row in Enumerable.Range(0, surface.Grid.Rows - 1)
               from column in Enumerable.Range(0, columns - 1)
               let corner = row * columns + column
               select (int[])[corner, corner + 1, corner + columns + 1, corner + columns] into square
               where square.All(corner => double.IsFinite(points[corner].Loss))
               select square,
        ];
        var text = new StringBuilder("""
            <?xml version="1.0"?>
            <VTKFile type="PolyData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
            <PolyData>

            """);
        text.Append(CultureInfo.InvariantCulture, $"<Piece NumberOfPoints=\"{points.Length}\" NumberOfVerts=\"0\" ")
            .Append(CultureInfo.InvariantCulture,
                $"NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"{squares.Length}\">\n")
            .Append("<PointData Scalars=\"loss\">\n");
        Array("loss", points.Select(point => Number(point.Loss)));
        if (surface.Accuracies is not null) Array("accuracy", points.Select(point => Number(point.Accuracy)));
        text.Append("</PointData>\n<Points>\n");
        Array("points", points.Select(point =>
            $"{Number(point.X)} {Number(point.Y)} {Number(double.IsFinite(point.Loss) ? point.Loss : 0)}"), parts: 3);
        text.Append("</Points>\n<Polys>\n");
        Array("connectivity", squares.Select(square => string.Join(' ', square)), "Int64");
        Array("offsets", squares.Select((_, i) => Number(4 * (i + 1))), "Int64");
        return text.Append("</Polys>\n</Piece>\n</PolyData>\n</VTKFile>\n").ToString();

        void Array(string name, IEnumerable<string> numbers, string type = "Float64", int parts = 1) => text
            .Append(CultureInfo.InvariantCulture,
                $"<DataArray type=\"{type}\" Name=\"{name}\" NumberOfComponents=\"{parts}\" ")
            .Append("format=\"ascii\">\n").AppendJoin('\n', numbers).Append("\n</DataArray>\n");
    }

    private static IEnumerable<(double X, double Y, double Loss, double Accuracy)> Points(Surface surface)
    {
        foreach (var (row, y) in surface.Grid.Ys.Index())
            foreach (var (column, x) in surface.Grid.Xs.Index())
                yield return (x, y, surface.Losses[row, column], surface.Accuracies?[row, column] ?? double.NaN);
    }

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
