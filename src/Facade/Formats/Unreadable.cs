namespace Functional.Formats;

/// <summary>A file holds something else than it should; who opened it says which file.</summary>
/// <param name="why">What is wrong with it, "its header ..." or "it ...".</param>
/// <param name="cause">What found it out.</param>
internal sealed class Unreadable(Phrase why, Exception? cause = null) : IOException(why.ToString(), cause)
{
    /// <summary>What is wrong, in any language where the library says it; else in the words of
    /// who found it out.</summary>
    public static Phrase Why(Exception fault) => fault is Unreadable own ? own.Reason : Phrase.Verbatim(fault.Message);

    private Phrase Reason => why;
}
