using CsCheck;
using Functional;

namespace Properties.Differentiation;

/// <summary>A random function of some numbers, as data: it runs on every kind of number.</summary>
internal abstract record Expression
{
    public abstract T At<T>(T[] x) where T : IReal<T>;

    /// <summary>Functions that are smooth and tame for arguments of a few units.</summary>
    public static Gen<Expression> Any(int arguments, int depth) => depth == 0
        ? Gen.Frequency(
            (3, Gen.Int[0, arguments - 1].Select(i => (Expression)new Argument(i))),
            (1, Gen.Double[-2, 2].Select(value => (Expression)new Number(value))))
        : Gen.Frequency(
            (1, Any(arguments, 0)),
            (3, Gen.Select(
                Gen.Int[0, 12], Any(arguments, depth - 1), (function, of) => (Expression)new Unary(function, of))),
            (3, Gen.Select(
                Gen.Int[0, 5], Any(arguments, depth - 1), Any(arguments, depth - 1),
                (function, left, right) => (Expression)new Binary(function, left, right))));

    private sealed record Argument(int Index) : Expression
    {
        public override T At<T>(T[] x) => x[Index];
    }

    private sealed record Number(double Value) : Expression
    {
        public override T At<T>(T[] x) => T.Of(Value);
    }

    // Each function is kept where it is smooth: logarithms and roots of numbers above 1, powers of numbers above 1/2.
    private sealed record Unary(int Function, Expression Of) : Expression
    {
        public override T At<T>(T[] x)
        {
            var z = Of.At(x);
            return Function switch
            {
                0 => T.Exp(T.Tanh(z)),
                1 => T.Log(T.One + z * z),
                2 => T.Sqrt(T.One + z * z),
                3 => T.Tanh(z),
                4 => T.Sin(z),
                5 => T.Cos(z),
                6 => T.Sigmoid(z),
                7 => T.Softplus(z),
                8 => T.Erf(z),
                9 => T.Asinh(z),
                10 => T.LogP1(T.Sigmoid(z)),
                11 => -z,
                _ => T.ExpM1(-(z * z)),
            };
        }
    }

    private sealed record Binary(int Function, Expression Left, Expression Right) : Expression
    {
        public override T At<T>(T[] x)
        {
            var (left, right) = (Left.At(x), Right.At(x));
            return Function switch
            {
                0 => left + right,
                1 => left - right,
                2 => T.Tanh(left) * right,
                3 => left / (T.One + right * right),
                4 => T.Hypot(left, T.One + T.Sigmoid(right)),
                _ => T.Pow(T.Of(0.5) + T.Sigmoid(left), T.Tanh(right)),
            };
        }
    }
}
