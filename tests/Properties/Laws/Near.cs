using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Properties.Laws;

/// <summary>How far results are apart.</summary>
internal static class Near
{
    public static double Distance(Vec<double> x, Vec<double> y)
    {
        if (x.Length != y.Length) return double.PositiveInfinity;
        double worst = 0;
        for (int i = 0; i < x.Length; i++) worst = Max(worst, Math.Abs(x[i] - y[i]));
        return worst;
    }

    public static double Distance(Gradient<double> x, Gradient<double> y) => Distance(x.Direction, y.Direction);

    public static double Largest(Vec<double> x) => Distance(x, Vec<double>.Zeros(x.Length));

    /// <summary>Equal but for <paramref name="relative"/> of the larger one's largest cell (and of 1).</summary>
    public static bool Equal(Vec<double> x, Vec<double> y, double relative) =>
        Distance(x, y) <= relative * (1 + Math.Max(Largest(x), Largest(y)));

    public static bool Equal(Matrix<double> x, Matrix<double> y, double relative) =>
        x.Rows == y.Rows && x.Columns == y.Columns && Equal(x.Cells, y.Cells, relative);

    // NaN wins, so that it is never near anything.
    private static double Max(double x, double y) => double.IsNaN(x) || double.IsNaN(y) ? double.NaN : Math.Max(x, y);
}
