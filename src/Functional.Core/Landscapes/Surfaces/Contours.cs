using Functional.Core.Numbers;

namespace Functional.Core.Landscapes;

/// <summary>The lines of a surface along which the loss has one value, by marching squares: each is a chain of points
/// on the edges between neighbours of the grid, where the loss is interpolated linearly.</summary>
public static class Contours
{
    extension(Surface surface)
    {
        /// <summary>The lines at a level. A closed line ends where it begins.</summary>
        /// <param name="level">The loss along them.</param>
        public IReadOnlyList<Items<(double X, double Y)>> Contour(double level)
        {
            ArgumentNullException.ThrowIfNull(surface);
            double[] xs = [.. surface.Grid.Xs], ys = [.. surface.Grid.Ys];
            return
            [
                .. Joined(Pieces(surface.Losses, level))
                    .Select(line => (Items<(double, double)>)[.. line
                        .Select(edge => Place(surface.Losses, level, xs, ys, edge))]),
            ];
        }

        /// <summary>Levels for contour lines: so many between the least loss and the largest, as many points of the
        /// grid between each two. None where the surface is flat or nowhere finite.</summary>
        public Items<double> Levels(int count = 12)
        {
            ArgumentNullException.ThrowIfNull(surface);
            double[] losses = [.. surface.Losses.Cells.Span.ToArray().Where(double.IsFinite).Order()];
            if (losses.Length == 0) return [];
            return
            [
                .. Enumerable.Range(1, count).Select(i => losses[(int)((long)i * (losses.Length - 1) / (count + 1))])
                    .Distinct().Where(level => level > losses[0]),
            ];
        }
    }

    // The edge from a point of the grid to its neighbour on the right, or above.
    private readonly record struct Edge(int Column, int Row, bool IsUp);

    // What a square of the grid has of the lines: pairs of its edges. A saddle is cut by the mean of its corners.
    private static IEnumerable<(Edge From, Edge To)> Pieces(Matrix<double> losses, double level)
    {
        for (int row = 0; row + 1 < losses.Rows; row++)
            for (int column = 0; column + 1 < losses.Columns; column++)
            {
                double a = losses[row, column], b = losses[row, column + 1],
                    c = losses[row + 1, column + 1], d = losses[row + 1, column];
                if (!double.IsFinite(a + b + c + d)) continue;
                Edge bottom = new(column, row, false), right = new(column + 1, row, true),
                    top = new(column, row + 1, false), left = new(column, row, true);
                int corners = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
                bool isHigh = (a + b + c + d) / 4 > level;
                switch (corners)
                {
                    case 1 or 14: yield return (left, bottom); break;
                    case 2 or 13: yield return (bottom, right); break;
                    case 3 or 12: yield return (left, right); break;
                    case 4 or 11: yield return (right, top); break;
                    case 6 or 9: yield return (bottom, top); break;
                    case 7 or 8: yield return (left, top); break;
                    case 5 or 10:
                        yield return (corners == 5) == isHigh ? (left, top) : (left, bottom);
                        yield return (corners == 5) == isHigh ? (bottom, right) : (right, top);
                        break;
                }
            }
    }

    private static IEnumerable<List<Edge>> Joined(IEnumerable<(Edge From, Edge To)> pieces)
    {
        var open = new Dictionary<Edge, List<(Edge From, Edge To)>>();
        var left = new HashSet<(Edge, Edge)>();
        var all = pieces.ToArray();
        foreach (var piece in all)
        {
            left.Add(piece);
            foreach (var edge in (Edge[])[piece.From, piece.To])
                (open.TryGetValue(edge, out var at) ? at : open[edge] = []).Add(piece);
        }
        foreach (var piece in all)
        {
            if (!left.Remove(piece)) continue;
            var line = new LinkedList<Edge>([piece.From, piece.To]);
            while (Next(line.Last!.Value) is { } next) line.AddLast(next);
            while (Next(line.First!.Value) is { } next) line.AddFirst(next);
            yield return [.. line];
        }

        Edge? Next(Edge end)
        {
            foreach (var piece in open[end])
                if (left.Remove(piece))
                    return piece.From == end ? piece.To : piece.From;
            return null;
        }
    }

    private static (double, double) Place(Matrix<double> losses, double level, double[] xs, double[] ys, Edge edge)
    {
        var (column, row) = (edge.Column, edge.Row);
        double here = losses[row, column], there = edge.IsUp ? losses[row + 1, column] : losses[row, column + 1];
        double share = (level - here) / (there - here);
        return edge.IsUp
            ? (xs[column], ys[row] + share * (ys[row + 1] - ys[row]))
            : (xs[column] + share * (xs[column + 1] - xs[column]), ys[row]);
    }
}
