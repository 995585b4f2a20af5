namespace Functional.Core.Forms;

/// <summary>How many there are of something, as a sentence says it: 1 sample, 12 samples.</summary>
internal static class Counted
{
    /// <summary>Of a table or a part of one.</summary>
    public static Phrase Samples(long count) => count == 1 ? (Phrase)$"1 sample" : $"{count} samples";

    /// <summary>Of a table.</summary>
    public static Phrase Rows(long count) => count == 1 ? (Phrase)$"1 row" : $"{count} rows";

    /// <summary>Of a table.</summary>
    public static Phrase Columns(long count) => count == 1 ? (Phrase)$"1 column" : $"{count} columns";

    /// <summary>Of a network.</summary>
    public static Phrase Inputs(long count) => count == 1 ? (Phrase)$"1 input" : $"{count} inputs";

    /// <summary>Of a network.</summary>
    public static Phrase Parameters(long count) => count == 1 ? (Phrase)$"1 parameter" : $"{count} parameters";

    /// <summary>Of a training.</summary>
    public static Phrase Epochs(long count) => count == 1 ? (Phrase)$"1 epoch" : $"{count} epochs";

    /// <summary>Of a training.</summary>
    public static Phrase Steps(long count) => count == 1 ? (Phrase)$"1 step" : $"{count} steps";

    /// <summary>Directories of trainings.</summary>
    public static Phrase Runs(long count) => count == 1 ? (Phrase)$"1 run" : $"{count} runs";

    /// <summary>On a disk.</summary>
    public static Phrase Files(long count) => count == 1 ? (Phrase)$"1 file" : $"{count} files";

    /// <summary>Of a search from many.</summary>
    public static Phrase Starts(long count) => count == 1 ? (Phrase)$"1 start" : $"{count} starts";

    /// <summary>Of trainings that differ in nothing else.</summary>
    public static Phrase Seeds(long count) => count == 1 ? (Phrase)$"1 seed" : $"{count} seeds";

    /// <summary>Of a matrix.</summary>
    public static Phrase Eigenvalues(long count) => count == 1 ? (Phrase)$"1 eigenvalue" : $"{count} eigenvalues";
}
