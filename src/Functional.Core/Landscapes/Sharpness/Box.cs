namespace Functional.Core.Landscapes;

/// <summary>The points between two corners, coordinate by coordinate: low &lt;= x &lt;= high.</summary>
internal sealed record Box(double[] Low, double[] High)
{
    private const double Rounding = 1e-15;

    /// <summary>The box around zero whose sides reach so far both ways.</summary>
    public static Box Around(double[] reach) => new([.. reach.Select(side => -side)], reach);

    public int Dimensions => Low.Length;

    /// <summary>The nearest point of the box.</summary>
    public double[] Clip(double[] x)
    {
        var clipped = new double[x.Length];
        for (int i = 0; i < x.Length; i++) clipped[i] = Math.Min(Math.Max(x[i], Low[i]), High[i]);
        return clipped;
    }

    /// <summary>The same, with coordinates put on a wall that are off it by rounding.</summary>
    public double[] Snap(double[] x)
    {
        double[] snapped = Clip(x);
        for (int i = 0; i < x.Length; i++)
        {
            double near = Rounding * (High[i] - Low[i]);
            if (snapped[i] - Low[i] <= near) snapped[i] = Low[i];
            else if (High[i] - snapped[i] <= near) snapped[i] = High[i];
        }
        return snapped;
    }

    /// <summary>The corner where a linear function with this gradient is least; x where the gradient is zero.</summary>
    public double[] LeastCorner(double[] x, double[] gradient)
    {
        var corner = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            corner[i] = gradient[i] < 0 ? High[i] : gradient[i] > 0 ? Low[i] : x[i];
        return corner;
    }

    /// <summary>The largest factor, at most <paramref name="most"/>, with which x + factor d lies in the box.</summary>
    public double Reach(double[] x, double[] d, double most)
    {
        for (int i = 0; i < x.Length; i++)
            if (d[i] != 0) most = Math.Min(most, ((d[i] > 0 ? High[i] : Low[i]) - x[i]) / d[i]);
        return Math.Max(most, 0);
    }

    /// <summary>Whether a coordinate of x is free to move both ways.</summary>
    public bool IsInside(double[] x, int i) => Low[i] < x[i] && x[i] < High[i];
}
