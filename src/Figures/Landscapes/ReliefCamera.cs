using SkiaSharp;

namespace Functional.Figures;

/// <summary>Where points of a box come to lie on the page: x and y from -1 to 1, z from the floor to the top; what is
/// nearer is a little larger.</summary>
internal sealed class ReliefCamera(double azimuth, double elevation, double floor, double top)
{
    private const double Distance = 6.5;
    private readonly double cosA = Math.Cos(azimuth * Math.PI / 180), sinA = Math.Sin(azimuth * Math.PI / 180),
        cosE = Math.Cos(elevation * Math.PI / 180), sinE = Math.Sin(elevation * Math.PI / 180);
    private (double Scale, double X, double Y) fit = (1, 0, 0);

    public double Floor => floor;
    public double Top => top;

    /// <summary>The side of x that is near: 1 or -1.</summary>
    public int NearX => cosA > 0 ? 1 : -1;

    /// <summary>The side of y that is near: 1 or -1.</summary>
    public int NearY => sinA > 0 ? 1 : -1;

    /// <summary>The four corners of the floor.</summary>
    public static IReadOnlyList<(int X, int Y)> Corners => [(-1, -1), (1, -1), (1, 1), (-1, 1)];

    /// <summary>Where light comes from, of length 1: from above on the left of whoever looks.</summary>
    public (double X, double Y, double Z) Light
    {
        get
        {
            var (right, near, up) = (-0.62, 0.3, 0.72);
            double x = right * -sinA + near * cosA, y = right * cosA + near * sinA;
            double length = Math.Sqrt(x * x + y * y + up * up);
            return (x / length, y / length, up / length);
        }
    }

    public SKPoint At(double x, double y, double z)
    {
        var (u, v) = Flat(x, y, z);
        return new((float)(fit.X + fit.Scale * u), (float)(fit.Y - fit.Scale * v));
    }

    /// <summary>Fits the box into a rectangle.</summary>
    public void Fit(SKRect place)
    {
        var corners = Corners.SelectMany(at => new[] { Flat(at.X, at.Y, floor), Flat(at.X, at.Y, top) }).ToArray();
        double left = corners.Min(at => at.U), right = corners.Max(at => at.U), low = corners.Min(at => at.V),
            high = corners.Max(at => at.V);
        double scale = Math.Min(place.Width / (right - left), place.Height / (high - low));
        fit = (scale, place.MidX - scale * (left + right) / 2, place.MidY + scale * (low + high) / 2);
    }

    private (double U, double V) Flat(double x, double y, double z)
    {
        z -= (floor + top) / 2;
        double near = cosE * (cosA * x + sinA * y) + sinE * z, factor = Distance / (Distance - near);
        return (factor * (cosA * y - sinA * x), factor * (cosE * z - sinE * (cosA * x + sinA * y)));
    }
}
