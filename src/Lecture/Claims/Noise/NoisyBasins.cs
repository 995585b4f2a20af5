using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>What is added to each step of gradient descent. The mean square of its length is the same for all but
/// <see cref="None"/>.</summary>
internal enum StepNoise
{
    /// <summary>Nothing: gradient descent.</summary>
    None,

    /// <summary>As much in every direction.</summary>
    Isotropic,

    /// <summary>Along each weight as much as the gradients of the samples differ there.</summary>
    Diagonal,

    /// <summary>With the covariance of the samples' gradients.</summary>
    Covariance,

    /// <summary>With the Hessian for a covariance.</summary>
    Hessian,

    /// <summary>Along the Hessian's first eigenvector alone.</summary>
    TopEigenvector,
}

/// <summary>
/// Two basins of a loss of two weights: a narrow one around (1, 1), where descent starts, and a wide one around
/// (-1, -1). Each of 100 samples has both basins, moved by a little noise of its own, and its loss is the lower of
/// them. (Zhu et al., 2019, figure 2)
/// </summary>
internal sealed class NoisyBasins
{
    /// <summary>How many steps a descent takes.</summary>
    public const int Steps = 500;

    private const int Samples = 100;
    private const double Rate = 0.005, NoiseTrace = 0.01, Narrow = 10, Narrowest = 100;
    private static readonly double HalfRoot = Math.Sqrt(0.5), RootOfTen = Math.Sqrt(10);

    private readonly PlanePoint[] moved;

    /// <summary>The basins with samples drawn from a key: noise of deviation 0.01, and 0.01 times the root of ten along
    /// the narrow basin's long axis.</summary>
    public NoisyBasins(Key key)
    {
        var drawn = Draw.Normal<double>(key, 2 * Samples);
        moved = [.. Enumerable.Range(0, Samples).Select(i =>
        {
            double along = 0.01 * RootOfTen * drawn[2 * i], across = 0.01 * drawn[2 * i + 1];
            return new PlanePoint(HalfRoot * (along + across), HalfRoot * (across - along));
        })];
    }

    /// <summary>The mean loss of the samples.</summary>
    public double Loss(PlanePoint w)
    {
        double sum = 0;
        foreach (var sample in moved) sum += Math.Min(NarrowAt(w, sample).Loss, WideAt(w, sample).Loss);
        return sum / Samples;
    }

    /// <summary>The gradient and the Hessian of the loss, and the covariance of the samples' gradients.</summary>
    public (PlanePoint Gradient, PlaneMatrix Hessian, PlaneMatrix Covariance) At(PlanePoint w)
    {
        var gradients = new PlanePoint[Samples];
        var (mean, hessian, covariance) = (new PlanePoint(0, 0), new PlaneMatrix(0, 0, 0), new PlaneMatrix(0, 0, 0));
        for (int i = 0; i < Samples; i++)
        {
            var (narrow, wide) = (NarrowAt(w, moved[i]), WideAt(w, moved[i]));
            var (_, gradient, curvature) = narrow.Loss < wide.Loss ? narrow : wide;
            gradients[i] = gradient;
            mean += 1.0 / Samples * gradient;
            hessian += 1.0 / Samples * curvature;
        }
        foreach (var gradient in gradients)
            covariance += 1.0 / Samples * PlaneMatrix.Square(gradient - mean);
        return (mean, hessian, covariance);
    }

    /// <summary>Where a descent stands, from its start to its end.</summary>
    /// <param name="noise">What is added to each step.</param>
    /// <param name="key">What the noise is drawn from.</param>
    public PlanePoint[] Path(StepNoise noise, Key key)
    {
        var drawn = Draw.Normal<double>(key, 2 * Steps);
        var path = new PlanePoint[Steps + 1];
        path[0] = new(1, 1);
        for (int step = 0; step < Steps; step++)
        {
            var (gradient, hessian, covariance) = At(path[step]);
            var drawnHere = new PlanePoint(drawn[2 * step], drawn[2 * step + 1]);
            path[step + 1] = path[step] - Rate * gradient + Added(noise, hessian, covariance, drawnHere);
        }
        return path;
    }

    /// <summary>Whether a descent that ended here has left the narrow basin for the wide one.</summary>
    public static bool HasEscaped(PlanePoint end) => end.X < -0.5 && end.Y < -0.5;

    private static PlanePoint Added(
        StepNoise noise, PlaneMatrix hessian, PlaneMatrix covariance, PlanePoint drawn) => noise switch
        {
            StepNoise.None => new(0, 0),
            StepNoise.Isotropic => new PlaneMatrix(1, 0, 1).OfTrace(NoiseTrace).Root(drawn),
            StepNoise.Diagonal => new PlaneMatrix(covariance.A, 0, covariance.C).OfTrace(NoiseTrace).Root(drawn),
            StepNoise.Covariance => covariance.OfTrace(NoiseTrace).Root(drawn),
            StepNoise.Hessian => hessian.OfTrace(NoiseTrace).Root(drawn),
            _ => Math.Sqrt(NoiseTrace) * drawn.X * hessian.Eigen().Top,
        };

    // 10 u^2 + 100 v^2, with u and v the coordinates along the two diagonals, from (1, 1).
    private static (double Loss, PlanePoint Gradient, PlaneMatrix Hessian) NarrowAt(PlanePoint w, PlanePoint sample)
    {
        double x = w.X - sample.X - 1, y = w.Y - sample.Y - 1, u = HalfRoot * (x - y), v = HalfRoot * (x + y),
            toU = 2 * Narrow * u, toV = 2 * Narrowest * v;
        return (
            Narrow * u * u + Narrowest * v * v, new(HalfRoot * (toU + toV), HalfRoot * (toV - toU)),
            new(Narrow + Narrowest, Narrowest - Narrow, Narrow + Narrowest));
    }

    private static (double Loss, PlanePoint Gradient, PlaneMatrix Hessian) WideAt(PlanePoint w, PlanePoint sample)
    {
        double x = w.X - sample.X + 1, y = w.Y - sample.Y + 1;
        return (x * x + y * y, new(2 * x, 2 * y), new(2, 0, 2));
    }
}

/// <summary>A point of the plane, or a direction in it.</summary>
internal readonly record struct PlanePoint(double X, double Y)
{
    public static PlanePoint operator +(PlanePoint left, PlanePoint right) => new(left.X + right.X, left.Y + right.Y);

    public static PlanePoint operator -(PlanePoint left, PlanePoint right) => new(left.X - right.X, left.Y - right.Y);

    public static PlanePoint operator *(double factor, PlanePoint point) => new(factor * point.X, factor * point.Y);
}

/// <summary>A symmetric matrix of the plane, A B over B C.</summary>
internal readonly record struct PlaneMatrix(double A, double B, double C)
{
    public double Trace => A + C;

    public static PlaneMatrix operator +(PlaneMatrix left, PlaneMatrix right) =>
        new(left.A + right.A, left.B + right.B, left.C + right.C);

    public static PlaneMatrix operator *(double factor, PlaneMatrix matrix) =>
        new(factor * matrix.A, factor * matrix.B, factor * matrix.C);

    /// <summary>v v'.</summary>
    public static PlaneMatrix Square(PlanePoint v) => new(v.X * v.X, v.X * v.Y, v.Y * v.Y);

    /// <summary>The matrix times what gives it a trace.</summary>
    public PlaneMatrix OfTrace(double trace) => trace / Trace * this;

    /// <summary>The eigenvalues and the eigenvector of the larger one; the other is at right angles.</summary>
    public (double Large, double Small, PlanePoint Top) Eigen()
    {
        double middle = (A + C) / 2, half = (A - C) / 2, reach = Math.Sqrt(half * half + B * B);
        // Both rows of A - large I are at right angles to it: the longer one says where it is.
        var top = half >= 0 ? new PlanePoint(half + reach, B) : new PlanePoint(B, reach - half);
        double length = Math.Sqrt(top.X * top.X + top.Y * top.Y);
        return (middle + reach, middle - reach, length == 0 ? new(1, 0) : 1 / length * top);
    }

    /// <summary>A root of the matrix times a vector: of independent normal numbers, noise of this
    /// covariance.</summary>
    public PlanePoint Root(PlanePoint drawn)
    {
        var (large, small, top) = Eigen();
        double along = Math.Sqrt(Math.Max(large, 0)) * drawn.X, across = Math.Sqrt(Math.Max(small, 0)) * drawn.Y;
        return new(along * top.X - across * top.Y, along * top.Y + across * top.X);
    }
}
