using Functional.Data;

namespace Functional.Sweeps;

/// <summary>The samples of a sweep's experiments: each set is loaded once, or they are a program's own.</summary>
internal sealed class SweepSamples
{
    private readonly Dictionary<(DataSource, MissingCells, ulong), (LoadedData Data, string Sha256)> loaded = [];
    private readonly (LoadedData Data, string Sha256)? given;

    /// <summary>Those that each experiment names.</summary>
    public SweepSamples() { }

    /// <summary>A program's own, the same for all.</summary>
    public SweepSamples(Dataset<double> data, Dataset<double>? validation, Dataset<double>? test)
    {
        var own = new LoadedData(data, test);
        (given, Validation) = ((own, DataCatalog.Digest(own)), validation);
    }

    /// <summary>Samples to be watched, instead of a share of all; null where there are none.</summary>
    public Dataset<double>? Validation { get; }

    /// <summary>Those of an experiment with these settings.</summary>
    /// <exception cref="InvalidInputException">They cannot be loaded.</exception>
    public LoadedData Of(Settings settings) => At(settings).Data;

    /// <summary>Their digest.</summary>
    public string Sha256Of(Settings settings) => At(settings).Sha256;

    private (LoadedData Data, string Sha256) At(Settings settings)
    {
        if (given is { } own) return own;
        // Only toy problems are drawn from the seed.
        var key = (settings.Data, settings.Missing, settings.Data is Toy ? settings.Seed : 0);
        if (!loaded.TryGetValue(key, out var found))
        {
            if (settings.Data is Given)
                throw new InvalidInputException(
                    $"the experiment is on a program's own samples; the sweep should be given them");
            var data = DataCatalog.Load(settings.Data, settings.Seed, settings.Missing);
            loaded.Add(key, found = (data, DataCatalog.Digest(data)));
        }
        return found;
    }
}
