namespace Functional.Core.Inspection;

/// <summary>Student's t: how far the mean of a few numbers may be from what they scatter around.</summary>
internal static class StudentT
{
    // To four digits.
    private static readonly double[] Few =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
        2.1314,
    ];

    /// <summary>The 97.5 % quantile: from a table up to 15 degrees of freedom, then by an expansion in their inverse
    /// that is as near. (Abramowitz and Stegun, 1964, 26.7.5)</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile(int degrees)
    {
        if (degrees <= Few.Length) return Few[degrees - 1];
        const double Z = 1.959963984540054;
        double z3 = Z * Z * Z, z5 = z3 * Z * Z, z7 = z5 * Z * Z, n = degrees;
        return Z + (z3 + Z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * n * n)
            + (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * n * n * n);
    }
}
