using System.Globalization;
using Functional.Core.Forms;

namespace Functional;

/// <summary>Which experiments of a sweep are trained, and for how long.</summary>
public abstract record Search
{
    private protected Search() { }

    /// <summary>The most experiments that a sweep may have.</summary>
    internal const int Most = 100_000;

    /// <summary>Every combination of the values; the field that is named last varies fastest.</summary>
    public static Search Grid { get; } = new Whole();

    /// <summary>Experiments drawn from the key of the base experiment's seed, no two alike. (Bergstra and Bengio,
    /// 2012)</summary>
    /// <param name="count">How many.</param>
    public static Search Random(int count) => new Sampled(count);

    /// <summary>Successive halving: all begin, at each rung the best share of 1/eta by the mean over seeds goes on,
    /// the last rung is as long as the experiment. (Jamieson and Talwalkar, 2016; Li et al., 2018)</summary>
    /// <param name="count">How many are drawn; none for every combination.</param>
    /// <param name="eta">The share that goes on is 1/eta, and each rung is eta times as long; 2 to 100.</param>
    /// <param name="minEpochs">The least that the first rung has.</param>
    public static Search Halving(int? count = null, int eta = 3, int minEpochs = 1) =>
        new Halved(count, eta, minEpochs);

    /// <summary>How many are drawn; none where every combination is tried.</summary>
    internal abstract int? Count { get; }

    /// <summary>From a text: grid, random:200, halving:200 or halving; null where it is none of them.</summary>
    internal static Search? Parse(string text, int eta, int minEpochs) => text.Split(':') switch
    {
        ["grid"] => Grid,
        ["halving"] => Halving(null, eta, minEpochs),
        ["random", var count] when Number(count) is { } drawn => Random(drawn),
        ["halving", var count] when Number(count) is { } drawn => Halving(drawn, eta, minEpochs),
        _ => null,
    };

    /// <summary>What is wrong with it.</summary>
    internal virtual IEnumerable<Invalid> Faults => Count is not { } count || count is >= 1 and <= Most
        ? []
        : [new($"the search is for {count} experiments; it should be for 1 to {Most}")];

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    /// <summary>Every combination.</summary>
    internal sealed record Whole : Search
    {
        internal override int? Count => null;

        /// <inheritdoc/>
        public override string ToString() => "grid";
    }

    /// <summary>Some, drawn.</summary>
    internal sealed record Sampled(int Begun) : Search
    {
        internal override int? Count => Begun;

        /// <inheritdoc/>
        public override string ToString() => $"random:{Begun}";
    }

    /// <summary>Fewer and fewer, longer and longer.</summary>
    internal sealed record Halved(int? Begun, int Eta, int MinEpochs) : Search
    {
        internal override int? Count => Begun;

        internal override IEnumerable<Invalid> Faults =>
        [
            .. base.Faults,
            .. Eta is >= 2 and <= 100 ? [] : new Invalid[] { Check.Fault("eta", $"{Eta}", Interval.Between(2, 100)) },
            .. MinEpochs >= 1
                ? []
                : new Invalid[] { new($"the first rung has {MinEpochs} epochs; it should have at least 1") },
        ];

        /// <inheritdoc/>
        public override string ToString() => Begun is { } count ? $"halving:{count}" : "halving";
    }
}
