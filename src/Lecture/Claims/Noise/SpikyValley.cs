using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>
/// f(x) = x^2 + a (1 - cos k x): a parabola with spikes, and so a local minimum every 2 pi / k; the lowest is at 0.
/// With normal noise z of deviation s, E f(x + z) is known in closed form: the spikes shrink by e^(-k^2 s^2 / 2).
/// </summary>
internal static class SpikyValley
{
    /// <summary>Restarts lie between minus this and this.</summary>
    public const double Reach = 1.5;

    /// <summary>The rate of gradient descent; that of its iterates' noise over it is the noise of the
    /// gradient.</summary>
    public const double Rate = 0.01;

    /// <summary>The deviation of the noise under which the spikes are all but gone.</summary>
    public const double Noise = 0.04;

    private const double Height = 0.05, Waves = 60;
    private const int Steps = 1000;

    /// <summary>f, smoothed by noise of a deviation; f itself at 0.</summary>
    public static double Loss(double x, double deviation = 0) =>
        x * x + deviation * deviation + Height * (1 - Shrunk(deviation) * Elementary.Of<Cos>(Waves * x));

    /// <summary>Its derivative.</summary>
    public static double Slope(double x, double deviation = 0) =>
        2 * x + Height * Waves * Shrunk(deviation) * Elementary.Of<Sin>(Waves * x);

    /// <summary>The slope that the spikes add to that of the parabola.</summary>
    public static double SpikeSlope(double x) => Height * Waves * Elementary.Of<Sin>(Waves * x);

    /// <summary>The variance of f'(x + z) over the noise z.</summary>
    /// <param name="x">A point.</param>
    /// <param name="deviation">Of the noise.</param>
    public static double SlopeVariance(double x, double deviation)
    {
        double variance = deviation * deviation, shrunk = Shrunk(deviation), square = shrunk * shrunk,
            sine = Elementary.Of<Sin>(Waves * x), cosine = Elementary.Of<Cos>(Waves * x),
            // Of sin k(x + z), by cos 2kx = 1 - 2 sin² kx, and its covariance with z.
            ofSine = (1 - square * square * (1 - 2 * sine * sine)) / 2 - square * sine * sine,
            together = Waves * variance * shrunk * cosine;
        return 4 * variance + Height * Waves * (Height * Waves * ofSine + 4 * together);
    }

    /// <summary>The mean step of y = x - eta f'(x), over many draws of the noise between one y and the next, divided by
    /// -eta: E f'(y + z).</summary>
    /// <param name="from">y.</param>
    /// <param name="deviation">Of the noise z that is added to an iterate: eta times that of the gradient.</param>
    /// <param name="key">What it is drawn from.</param>
    /// <param name="draws">How many steps are tried.</param>
    public static double MeanSlope(double from, double deviation, Key key, int draws)
    {
        var noise = Draw.Normal<double>(key, draws, 0, deviation);
        double sum = 0;
        foreach (double z in noise)
        {
            double x = from + z, next = x - Rate * Slope(x);
            // what is left of the step once the noise, whose mean is zero, is taken out
            sum += (x - next) / Rate;
        }
        return sum / draws;
    }

    /// <summary>Where y = x - eta f'(x) stands after 1000 steps of stochastic gradient descent.</summary>
    /// <param name="from">The first x.</param>
    /// <param name="deviation">Of the noise that is added to an iterate; 0 for gradient descent.</param>
    /// <param name="key">What it is drawn from.</param>
    public static double End(double from, double deviation, Key key)
    {
        var noise = Draw.Normal<double>(key, Steps, 0, deviation);
        double x = from;
        foreach (double z in noise) x = x - Rate * Slope(x) + z;
        return x - Rate * Slope(x);
    }

    private static double Shrunk(double deviation) => Elementary.Of<Exp>(-Waves * Waves * deviation * deviation / 2);
}
