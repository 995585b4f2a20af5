using Functional.Core.Numbers;

namespace Functional.Lecture;

/// <summary>The classes that a net's outputs stand for: of each row, the first of the largest.</summary>
internal static class Answers
{
    /// <summary>The class of one row.</summary>
    public static int Of(ReadOnlySpan<float> outputs)
    {
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
            if (outputs[i] > outputs[best]) best = i;
        return best;
    }

    /// <summary>The share of rows whose class is the one that the targets give.</summary>
    public static double Right(Matrix<float> outputs, Matrix<float> targets) =>
        Enumerable.Range(0, outputs.Rows).Count(row => Of(outputs.Row(row)) == (int)targets[row, 0])
            / (double)outputs.Rows;

    /// <summary>The share of the other rows.</summary>
    public static double Wrong(Matrix<float> outputs, Matrix<float> targets) =>
        Enumerable.Range(0, outputs.Rows).Count(row => Of(outputs.Row(row)) != (int)targets[row, 0])
            / (double)outputs.Rows;
}
