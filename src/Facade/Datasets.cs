using Functional.Data;

namespace Functional;

/// <summary>Data sets that come with the library.</summary>
public static class Datasets
{
    /// <summary>1,797 handwritten digits: 64 pixels from 0 to 16, and the digit. (UCI, Alpaydin
    /// and Kaynak 1998)</summary>
    public static Dataset<double> Digits() => DataCatalog.LoadDigits();

    /// <summary>344 penguins of three species by their measures; the last column, Species, is the one to predict.
    /// Some cells are missing. (Palmer Station LTER, Gorman 2014)</summary>
    public static Table Penguins() => DataCatalog.Table("penguins.csv");

    /// <summary>Miles per gallon (Miles_per_Gallon) of 398 cars by their properties. Some cells are missing.
    /// (UCI, Quinlan 1993)</summary>
    public static Table AutoMpg() => DataCatalog.Table("auto-mpg.csv");

    /// <summary>The samples of a problem that is drawn from a seed:
    /// <c>Datasets.Draw(new Moons(Samples: 500), seed: 42)</c>.</summary>
    public static Dataset<double> Draw(Toy problem, ulong seed) => DataCatalog.Load(problem, seed).Data;
}
