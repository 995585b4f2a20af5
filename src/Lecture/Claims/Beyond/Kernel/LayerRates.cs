namespace Functional.Lecture;

/// <summary>Gradient descent on a net of dense layers, each with learning rates of its own.</summary>
/// <param name="Rates">Of each layer.</param>
/// <param name="Lengths">How many weights and how many biases each layer has.</param>
internal sealed record LayerRates(Items<LayerRate> Rates, Items<int> Lengths) : Optimizer
{
    protected override void Update<T>(Stretch<T> at)
    {
        int first = 0;
        foreach (var (i, length) in Lengths.Index())
        {
            T rate = T.CreateTruncating(i % 2 == 0 ? Rates[i / 2].Weights : Rates[i / 2].Biases);
            foreach (ref T cell in at.Direction.Slice(first, length)) cell *= rate;
            first += length;
        }
    }
}
