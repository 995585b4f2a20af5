using System.Collections;
using System.Globalization;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>The class that a row was put into.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Probability">How probable it is, 0 to 1; NaN where the outputs mean no probabilities.</param>
public readonly record struct ClassPrediction(string Class, int Index, double Probability)
{
    /// <summary>Its name and probability.</summary>
    public override string ToString() => double.IsNaN(Probability)
        ? Class
        : string.Create(CultureInfo.InvariantCulture, $"{Class} {Probability:F3}");
}

/// <summary>The probability of each class, or of each label, of a row, by name.</summary>
public sealed class Probabilities : IReadOnlyList<double>
{
    private readonly Matrix<double> all;
    private readonly int row;

    internal Probabilities(Items<string> names, Matrix<double> all, int row) =>
        (Names, this.all, this.row) = (names, all, row);

    /// <summary>The names of the classes, or labels, by their numbers.</summary>
    public Items<string> Names { get; }

    /// <summary>How many there are.</summary>
    public int Count => Names.Count;

    /// <summary>That of a class by its number, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int index] => index >= 0 && index < Count
        ? all[row, index]
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, $"there are {Count} classes; the number of one should be between 0 and {Count - 1}");

    /// <summary>That of a class by its name.</summary>
    /// <exception cref="InvalidInputException">There is no such class.</exception>
    public double this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            for (int i = 0; i < Names.Count; i++)
                if (Names[i] == name)
                    return all[row, i];
            throw new InvalidInputException(
                $"class {Visible.Quoted(name)} is not known; it should be one of {Data.InputFile.Listed(Names)}");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Each name with its probability.</summary>
    public override string ToString() =>
        string.Join(
            ", ", Names.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{name} {this[i]:F3}")));
}
