namespace Functional;

/// <summary>The built-in handwritten digits.</summary>
public sealed record Digits : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem { get; } = new Problem.Classification(10);

    /// <inheritdoc/>
    public override int? InputCount => 64;

    /// <inheritdoc/>
    public override string Description => "1,797 handwritten digits of 8 x 8 pixels (UCI, Alpaydin and Kaynak 1998)";
}

/// <summary>Penguins of three species by their measures; some cells are missing.</summary>
public sealed record Penguins : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem { get; } = new Problem.Classification(3);

    /// <inheritdoc/>
    public override int? InputCount => 10;

    /// <inheritdoc/>
    public override string Description => "344 penguins of three species (Palmer Station LTER, Gorman 2014)";
    internal override bool HasMissingCells => true;
}

/// <summary>Miles per gallon of cars by their properties; some cells are missing.</summary>
public sealed record AutoMpg : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem { get; } = new Problem.Regression(1);

    /// <inheritdoc/>
    public override int? InputCount => 9;

    /// <inheritdoc/>
    public override string Description => "398 cars and their miles per gallon (UCI, Quinlan 1993; regression)";
    internal override bool HasMissingCells => true;
}

/// <summary>Fashion-MNIST: 60,000 images of 28 x 28 pixels to learn from and 10,000 for the end.</summary>
public sealed record FashionMnist : DataSource
{
    /// <inheritdoc/>
    public override Problem? Problem { get; } = new Problem.Classification(10);

    /// <inheritdoc/>
    public override int? InputCount => 784;

    /// <inheritdoc/>
    public override string Description =>
        "70,000 images of clothes, 28 x 28 pixels (Xiao, Rasul and Vollgraf 2017); from Debian's dataset-fashion-mnist";
}
