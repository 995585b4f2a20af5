using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Differentiation;

namespace Functional;

/// <summary>
/// A number that a derivative can be taken through: .NET's generic arithmetic (<see cref="INumber{TSelf}"/>
/// and its exponential, logarithmic, root, power and hyperbolic functions) and this library's elementary
/// functions. <see cref="Real"/> is a plain number, <see cref="Dual{T}"/> carries a derivative forward,
/// <see cref="Variable{T}"/> remembers how to carry one back. A function written over these interfaces runs
/// on all of them. </summary>
/// <remarks>Comparisons, rounding and text look at the value alone, so that a branch is taken as a plain
/// number would take it.</remarks>
public interface IReal<TSelf> :
    INumber<TSelf>, IExponentialFunctions<TSelf>, ILogarithmicFunctions<TSelf>, IRootFunctions<TSelf>,
    IPowerFunctions<TSelf>, IHyperbolicFunctions<TSelf>
    where TSelf : IReal<TSelf>
{
    /// <summary>A constant: its derivative is zero.</summary>
    static abstract TSelf Of(double value);

    /// <summary>The value alone, all derivatives dropped.</summary>
    double ToDouble();

    /// <summary>sin x, x in radians.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>cos x, x in radians.</summary>
    static abstract TSelf Cos(TSelf x);

    /// <summary>The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>1 / (1 + e^-x)</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>ln(1 + e^x)</summary>
    static abstract TSelf Softplus(TSelf x);

    /// <summary>A decision without a branch: <paramref name="less"/> where x &lt; y,
    /// <paramref name="otherwise"/> where x >= y, NaN where one of them is NaN. For functions made of pieces,
    /// which run faster so than over <c>if</c>.</summary>
    static abstract TSelf Choose(TSelf x, TSelf y, TSelf less, TSelf otherwise);

    /// <summary>A constant and a number.</summary>
    static virtual TSelf operator +(double left, TSelf right) => TSelf.Of(left) + right;

    /// <summary>A number and a constant.</summary>
    static virtual TSelf operator +(TSelf left, double right) => left + TSelf.Of(right);

    /// <summary>A constant less a number.</summary>
    static virtual TSelf operator -(double left, TSelf right) => TSelf.Of(left) - right;

    /// <summary>A number less a constant.</summary>
    static virtual TSelf operator -(TSelf left, double right) => left - TSelf.Of(right);

    /// <summary>A constant times a number.</summary>
    static virtual TSelf operator *(double left, TSelf right) => TSelf.Of(left) * right;

    /// <summary>A number times a constant.</summary>
    static virtual TSelf operator *(TSelf left, double right) => left * TSelf.Of(right);

    /// <summary>A constant over a number.</summary>
    static virtual TSelf operator /(double left, TSelf right) => TSelf.Of(left) / right;

    /// <summary>A number over a constant.</summary>
    static virtual TSelf operator /(TSelf left, double right) => left / TSelf.Of(right);

    // What follows looks at the value alone, or is made of what is above.
    static TSelf INumberBase<TSelf>.One { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => TSelf.Of(1); }
    static TSelf INumberBase<TSelf>.Zero { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => TSelf.Of(0); }
    static int INumberBase<TSelf>.Radix => 2;
    static TSelf IAdditiveIdentity<TSelf, TSelf>.AdditiveIdentity => TSelf.Of(0);
    static TSelf IMultiplicativeIdentity<TSelf, TSelf>.MultiplicativeIdentity => TSelf.Of(1);
    static TSelf IFloatingPointConstants<TSelf>.E => TSelf.Of(double.E);
    static TSelf IFloatingPointConstants<TSelf>.Pi => TSelf.Of(double.Pi);
    static TSelf IFloatingPointConstants<TSelf>.Tau => TSelf.Of(double.Tau);

    static TSelf IUnaryPlusOperators<TSelf, TSelf>.operator +(TSelf value) => value;
    static TSelf IIncrementOperators<TSelf>.operator ++(TSelf value) => value + TSelf.Of(1);
    static TSelf IDecrementOperators<TSelf>.operator --(TSelf value) => value - TSelf.Of(1);

    static bool IComparisonOperators<TSelf, TSelf, bool>.operator <(TSelf left, TSelf right) =>
        left.ToDouble() < right.ToDouble();
    static bool IComparisonOperators<TSelf, TSelf, bool>.operator <=(TSelf left, TSelf right) =>
        left.ToDouble() <= right.ToDouble();
    static bool IComparisonOperators<TSelf, TSelf, bool>.operator >(TSelf left, TSelf right) =>
        left.ToDouble() > right.ToDouble();
    static bool IComparisonOperators<TSelf, TSelf, bool>.operator >=(TSelf left, TSelf right) =>
        left.ToDouble() >= right.ToDouble();
    static bool IEqualityOperators<TSelf, TSelf, bool>.operator ==(TSelf? left, TSelf? right) =>
        left is null ? right is null : right is not null && left.ToDouble() == right.ToDouble();
    static bool IEqualityOperators<TSelf, TSelf, bool>.operator !=(TSelf? left, TSelf? right) => !(left == right);
    int IComparable<TSelf>.CompareTo(TSelf? other) => other is null ? 1 : ToDouble().CompareTo(other.ToDouble());
    int IComparable.CompareTo(object? obj) => obj is null ? 1
        : obj is TSelf other ? CompareTo(other)
        : throw new ArgumentException($"a {typeof(TSelf).Name} cannot be compared with a {obj.GetType().Name}");
    bool IEquatable<TSelf>.Equals(TSelf? other) => other is not null && ToDouble().Equals(other.ToDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf INumber<TSelf>.Max(TSelf x, TSelf y) => TSelf.Choose(y, x, x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf INumber<TSelf>.Min(TSelf x, TSelf y) => TSelf.Choose(x, y, x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf INumber<TSelf>.Clamp(TSelf value, TSelf min, TSelf max) => TSelf.Min(TSelf.Max(value, min), max);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf INumberBase<TSelf>.Abs(TSelf value) => TSelf.Choose(value, TSelf.Of(0), -value, value + TSelf.Of(0));
    static TSelf INumberBase<TSelf>.MaxMagnitude(TSelf x, TSelf y) =>
        double.MaxMagnitude(x.ToDouble(), y.ToDouble()).Equals(x.ToDouble()) ? x : y;
    static TSelf INumberBase<TSelf>.MinMagnitude(TSelf x, TSelf y) =>
        double.MinMagnitude(x.ToDouble(), y.ToDouble()).Equals(x.ToDouble()) ? x : y;
    static TSelf INumberBase<TSelf>.MaxMagnitudeNumber(TSelf x, TSelf y) =>
        double.MaxMagnitudeNumber(x.ToDouble(), y.ToDouble()).Equals(x.ToDouble()) ? x : y;
    static TSelf INumberBase<TSelf>.MinMagnitudeNumber(TSelf x, TSelf y) =>
        double.MinMagnitudeNumber(x.ToDouble(), y.ToDouble()).Equals(x.ToDouble()) ? x : y;
    static bool INumberBase<TSelf>.IsCanonical(TSelf value) => true;
    static bool INumberBase<TSelf>.IsComplexNumber(TSelf value) => false;
    static bool INumberBase<TSelf>.IsImaginaryNumber(TSelf value) => false;
    static bool INumberBase<TSelf>.IsEvenInteger(TSelf value) => double.IsEvenInteger(value.ToDouble());
    static bool INumberBase<TSelf>.IsOddInteger(TSelf value) => double.IsOddInteger(value.ToDouble());
    static bool INumberBase<TSelf>.IsInteger(TSelf value) => double.IsInteger(value.ToDouble());
    static bool INumberBase<TSelf>.IsFinite(TSelf value) => double.IsFinite(value.ToDouble());
    static bool INumberBase<TSelf>.IsInfinity(TSelf value) => double.IsInfinity(value.ToDouble());
    static bool INumberBase<TSelf>.IsNaN(TSelf value) => double.IsNaN(value.ToDouble());
    static bool INumberBase<TSelf>.IsNegative(TSelf value) => double.IsNegative(value.ToDouble());
    static bool INumberBase<TSelf>.IsNegativeInfinity(TSelf value) => double.IsNegativeInfinity(value.ToDouble());
    static bool INumberBase<TSelf>.IsNormal(TSelf value) => double.IsNormal(value.ToDouble());
    static bool INumberBase<TSelf>.IsPositive(TSelf value) => double.IsPositive(value.ToDouble());
    static bool INumberBase<TSelf>.IsPositiveInfinity(TSelf value) => double.IsPositiveInfinity(value.ToDouble());
    static bool INumberBase<TSelf>.IsRealNumber(TSelf value) => double.IsRealNumber(value.ToDouble());
    static bool INumberBase<TSelf>.IsSubnormal(TSelf value) => double.IsSubnormal(value.ToDouble());
    static bool INumberBase<TSelf>.IsZero(TSelf value) => value.ToDouble() == 0;

    static TSelf IParsable<TSelf>.Parse(string s, IFormatProvider? provider) => TSelf.Of(double.Parse(s, provider));
    static TSelf ISpanParsable<TSelf>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TSelf.Of(double.Parse(s, provider));
    static TSelf INumberBase<TSelf>.Parse(string s, NumberStyles style, IFormatProvider? provider) =>
        TSelf.Of(double.Parse(s, style, provider));
    static TSelf INumberBase<TSelf>.Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider) =>
        TSelf.Of(double.Parse(s, style, provider));
    static bool IParsable<TSelf>.TryParse(string? s, IFormatProvider? provider, out TSelf result) =>
        Read(double.TryParse(s, provider, out double value), value, out result);
    static bool ISpanParsable<TSelf>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TSelf result) =>
        Read(double.TryParse(s, provider, out double value), value, out result);
    static bool INumberBase<TSelf>.TryParse(
        string? s, NumberStyles style, IFormatProvider? provider, out TSelf result) =>
        Read(double.TryParse(s, style, provider, out double value), value, out result);
    static bool INumberBase<TSelf>.TryParse(
        ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out TSelf result) =>
        Read(double.TryParse(s, style, provider, out double value), value, out result);
    string IFormattable.ToString(string? format, IFormatProvider? provider) => ToDouble().ToString(format, provider);
    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToDouble().TryFormat(destination, out charsWritten, format, provider);

    static bool INumberBase<TSelf>.TryConvertFromChecked<TOther>(TOther value, out TSelf result) =>
        Read(true, double.CreateChecked(value), out result);
    static bool INumberBase<TSelf>.TryConvertFromSaturating<TOther>(TOther value, out TSelf result) =>
        Read(true, double.CreateSaturating(value), out result);
    static bool INumberBase<TSelf>.TryConvertFromTruncating<TOther>(TOther value, out TSelf result) =>
        Read(true, double.CreateTruncating(value), out result);

    static bool INumberBase<TSelf>.TryConvertToChecked<TOther>(TSelf value, out TOther result)
    {
        result = TOther.CreateChecked(value.ToDouble());
        return true;
    }

    static bool INumberBase<TSelf>.TryConvertToSaturating<TOther>(TSelf value, out TOther result)
    {
        result = TOther.CreateSaturating(value.ToDouble());
        return true;
    }

    static bool INumberBase<TSelf>.TryConvertToTruncating<TOther>(TSelf value, out TOther result)
    {
        result = TOther.CreateTruncating(value.ToDouble());
        return true;
    }

    private static bool Read(bool isNumber, double value, out TSelf result)
    {
        result = TSelf.Of(value);
        return isNumber;
    }
}
