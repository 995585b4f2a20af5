using Functional.Core.Numbers;

namespace Functional.Lecture;

/// <summary>A gate of two inputs: what it gives at the corners (0,0), (1,0), (0,1), (1,1).</summary>
/// <param name="Number">0 to 15: bit i is what it gives at corner i.</param>
internal readonly record struct Gate(int Number)
{
    private static readonly string[] Names =
    [
        "0", "NOR", "x₁ AND ¬x₂", "¬x₂", "¬x₁ AND x₂", "¬x₁", "XOR", "NAND", "AND", "XNOR", "x₁", "x₁ OR ¬x₂", "x₂",
        "¬x₁ OR x₂", "OR", "1",
    ];

    public static readonly Gate And = new(8), Xor = new(6);

    /// <summary>All of them.</summary>
    public static IEnumerable<Gate> All => Enumerable.Range(0, 16).Select(number => new Gate(number));

    /// <summary>The corners, a row each.</summary>
    public static readonly Matrix<double> Corners = Matrix<double>.Of([0, 0], [1, 0], [0, 1], [1, 1]);

    /// <summary>As logic writes it.</summary>
    public string Name => Names[Number];

    /// <summary>What it gives at a corner, 0 or 1.</summary>
    public int At(int corner) => Number >> corner & 1;

    /// <summary>Its truth table, in the order of the corners, such as <c>0110</c>.</summary>
    public string Table
    {
        get
        {
            var gate = this;
            return string.Concat(Enumerable.Range(0, 4).Select(gate.At));
        }
    }

    /// <summary>Corners and what it gives there, as samples.</summary>
    public Samples<double> Samples(Matrix<double> inputs)
    {
        var gate = this;
        return new(inputs, new(4, 1, [.. Enumerable.Range(0, 4).Select(corner => (double)gate.At(corner))]));
    }
}
