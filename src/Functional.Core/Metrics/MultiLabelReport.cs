namespace Functional;

/// <summary>Of labels that hold or do not.</summary>
/// <param name="Rows">Samples looked at.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Accuracy">Share of all labels of all samples that are right, 0 to 1.</param>
/// <param name="ExactMatch">Share of samples with every label right.</param>
/// <param name="F1Micro">F1 of the labels that hold, all counts added up.</param>
/// <param name="F1">F1 of each label, averaged; a label that neither holds nor is predicted anywhere counts 0.</param>
public sealed record MultiLabelReport(
    int Rows, double Loss, double Accuracy, double ExactMatch, double F1Micro, double F1) : Evaluation(Rows, Loss)
{
    /// <inheritdoc/>
    public override (string Name, double Value) Score => ("accuracy", Accuracy);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, double Value)> Measures =>
        [("loss", Loss), ("accuracy", Accuracy), ("exact_match", ExactMatch), ("f1", F1), ("f1_micro", F1Micro)];
}
