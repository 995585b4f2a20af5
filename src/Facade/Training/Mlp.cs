namespace Functional;

/// <summary>Multilayer perceptrons to be trained:
/// <c>Mlp.Classifier([64, 64]).Train(data, settings => settings with { Epochs = 20 })</c>.</summary>
public static class Mlp
{
    /// <summary>A classifier with dense hidden layers of the given widths, ReLU unless said otherwise.</summary>
    public static Mlp<Classifier, ClassificationReport> Classifier(
        IEnumerable<int> hidden, Activation? activation = null) =>
        Classifier(Dense(hidden, activation));

    /// <summary>A classifier with any hidden layers: dropout, norms, residual blocks.</summary>
    public static Mlp<Classifier, ClassificationReport> Classifier(params Layer[] hidden) =>
        new(
            Defaults(hidden), TaskKind.Classes, problem => problem is Problem.Classification,
            model => new Classifier(model));

    /// <summary>A classifier of labels, each of which holds or does not, with dense hidden layers of
    /// the given widths.</summary>
    public static Mlp<MultiLabelClassifier, MultiLabelReport> MultiLabelClassifier(
        IEnumerable<int> hidden, Activation? activation = null) =>
        MultiLabelClassifier(Dense(hidden, activation));

    /// <summary>The same with any hidden layers.</summary>
    public static Mlp<MultiLabelClassifier, MultiLabelReport> MultiLabelClassifier(params Layer[] hidden) =>
        new(
            Defaults(hidden), TaskKind.Labels, problem => problem is Problem.MultiLabel,
            model => new MultiLabelClassifier(model));

    /// <summary>A predictor of numbers with dense hidden layers of the given widths, ReLU
    /// unless said otherwise.</summary>
    public static Mlp<Regressor, RegressionReport> Regressor(IEnumerable<int> hidden, Activation? activation = null) =>
        Regressor(Dense(hidden, activation));

    /// <summary>A predictor of numbers with any hidden layers.</summary>
    public static Mlp<Regressor, RegressionReport> Regressor(params Layer[] hidden) =>
        new(
            Defaults(hidden), TaskKind.Numbers, problem => problem is Problem.Regression,
            model => new Regressor(model));

    private static Settings Defaults(Layer[] hidden) => new() { Data = new Given(), Hidden = [.. hidden] };

    private static Layer[] Dense(IEnumerable<int> hidden, Activation? activation) =>
        [.. hidden.Select(units => new Dense(units, activation ?? Activation.Relu))];
}
