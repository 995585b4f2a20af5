using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Functions;

/// <summary>
/// The error function, 2/sqrt(pi) times the integral of e^-t^2 from 0 to x: its Taylor series up to |x| = 1, from
/// there on 1 - e^-x^2 g(x), with g(x) (x + 5/2) a polynomial in (x - 5/2) / (x + 5/2) (Chebyshev interpolation on
/// 1..6 at 60 digits, relative error below 3e-18). From 6 on it rounds to one.
/// </summary>
internal readonly struct Erf : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V size = Lane.Min<L, V>(Lane.Abs<L, V>(x), L.All(6));
        V value = L.Select(L.Less(size, L.All(1)), Near<L, V>(size), Far<L, V>(size));
        value = Lane.CopySign<L, V>(value, x);
        return L.Select(L.Equal(x, x), value, x);
    }

    // The sum over k of (-1)^k x^(2k) / (k! (2k + 1)), but for its first term, one; then times 2/sqrt(pi) in two parts.
    private static V Near<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V z = L.Multiply(x, x);
        V p = L.All(1.0 / (6402373705728000.0 * 37));
        p = L.Fma(p, z, L.All(-1.0 / (355687428096000.0 * 35)));
        p = L.Fma(p, z, L.All(1.0 / (20922789888000.0 * 33)));
        p = L.Fma(p, z, L.All(-1.0 / (1307674368000.0 * 31)));
        p = L.Fma(p, z, L.All(1.0 / (87178291200.0 * 29)));
        p = L.Fma(p, z, L.All(-1.0 / (6227020800.0 * 27)));
        p = L.Fma(p, z, L.All(1.0 / (479001600.0 * 25)));
        p = L.Fma(p, z, L.All(-1.0 / (39916800.0 * 23)));
        p = L.Fma(p, z, L.All(1.0 / (3628800.0 * 21)));
        p = L.Fma(p, z, L.All(-1.0 / (362880.0 * 19)));
        p = L.Fma(p, z, L.All(1.0 / (40320.0 * 17)));
        p = L.Fma(p, z, L.All(-1.0 / (5040.0 * 15)));
        p = L.Fma(p, z, L.All(1.0 / (720.0 * 13)));
        p = L.Fma(p, z, L.All(-1.0 / (120.0 * 11)));
        p = L.Fma(p, z, L.All(1.0 / (24.0 * 9)));
        p = L.Fma(p, z, L.All(-1.0 / (6.0 * 7)));
        p = L.Fma(p, z, L.All(1.0 / (2.0 * 5)));
        p = L.Fma(p, z, L.All(-1.0 / 3));
        V rest = L.Fma(L.Multiply(p, z), L.All(TwoOverSqrtPi), L.All(TwoOverSqrtPiLow));
        return L.Fma(x, L.All(TwoOverSqrtPi), L.Multiply(x, rest));
    }

    private static V Far<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V sum = L.Add(x, L.All(2.5));
        V t = L.Divide(L.Subtract(x, L.All(2.5)), sum);
        V p = L.All(2.5864105566784284e-08);
        p = L.Fma(p, t, L.All(-1.6532913590212447e-06));
        p = L.Fma(p, t, L.All(-2.3207951470310587e-06));
        p = L.Fma(p, t, L.All(6.662084502282126e-06));
        p = L.Fma(p, t, L.All(1.8238401874248056e-05));
        p = L.Fma(p, t, L.All(-1.9517457301097024e-05));
        p = L.Fma(p, t, L.All(-0.00011260376764869468));
        p = L.Fma(p, t, L.All(5.830646026564188e-05));
        p = L.Fma(p, t, L.All(0.0007026936250482647));
        p = L.Fma(p, t, L.All(-0.00043920819801547106));
        p = L.Fma(p, t, L.All(-0.004818785518040894));
        p = L.Fma(p, t, L.All(0.008393044300600054));
        p = L.Fma(p, t, L.All(0.028361550131845197));
        p = L.Fma(p, t, L.All(-0.17125114524602383));
        p = L.Fma(p, t, L.All(0.45391411664809794));
        p = L.Fma(p, t, L.All(-0.8046518494391489));
        p = L.Fma(p, t, L.All(1.054031820305718));
        V complement = L.Multiply(Exp.At<L, V>(Lane.Negate<L, V>(L.Multiply(x, x))), L.Divide(p, sum));
        return L.Subtract(L.All(1), complement);
    }

    private const double TwoOverSqrtPi = 1.1283791670955126;
    private const double TwoOverSqrtPiLow = 1.533545961316588e-17;
}
