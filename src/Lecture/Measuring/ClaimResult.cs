using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Functional.Core.Inspection;

namespace Functional.Lecture.Measuring;

/// <summary>A criterion, what was measured, and how it stands to it.</summary>
/// <param name="Criterion">What was wanted.</param>
/// <param name="Measured">What was seen.</param>
/// <param name="Standing">Whether that is as wanted.</param>
public sealed record Judged(Criterion Criterion, Estimate Measured, Standing Standing);

/// <summary>A claim, measured and judged.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Order">How it was measured.</param>
/// <param name="Criteria">Each criterion with its measurement.</param>
/// <param name="Findings">Tables, figures and remarks.</param>
/// <param name="Digest">SHA-256 of every number of every trial, criterion and table: whoever has the same digest has
/// the same digits.</param>
public sealed record ClaimResult(
    Claim Claim, ClaimOrder Order, Items<Judged> Criteria, Findings Findings, string Digest)
{
    /// <summary>The verdict: the claim holds where all criteria do, fails where one does, and is open
    /// otherwise.</summary>
    public Standing Standing => Criteria.Max(judged => judged.Standing);

    /// <summary>Does a claim's trials, or recalls them, and judges.</summary>
    /// <exception cref="OperationCanceledException">The trials were ended early.</exception>
    internal static ClaimResult Of(Claim claim, ClaimTrials trials)
    {
        var findings = claim.Measure(trials);
        var judged = claim.Criteria.Select(criterion =>
        {
            var measured = findings.Measured.Single(estimate => estimate.Measure == criterion.Name);
            return new Judged(criterion, measured, criterion.Judge(measured));
        });
        return new(claim, trials.Order, [.. judged], findings, DigestOf(claim, trials, findings));
    }

    private static string DigestOf(Claim claim, ClaimTrials trials, Findings findings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var order = trials.Order;
        Text($"{claim.Name} {order.Seeds} {order.FirstSeed} {order.IsFull} {order.Falsehood}");
        foreach (var (part, values) in trials.Done)
        {
            Text(part);
            foreach (double[] trial in values) Numbers(trial);
        }
        foreach (var measured in findings.Measured)
        {
            Text(measured.Measure);
            Numbers([measured.Value, measured.Low, measured.High]);
        }
        foreach (var table in findings.Tables)
        {
            Text(table.Name);
            foreach (var row in table.Rows) Numbers([.. row.Select(cell => cell.Number).OfType<double>()]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));

        void Numbers(double[] numbers)
        {
            Span<byte> bytes = stackalloc byte[8];
            foreach (double number in numbers)
            {
                // Every NaN is one.
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.IsNaN(number) ? double.NaN : number);
                hash.AppendData(bytes);
            }
            Text($"{numbers.Length}");
        }
    }
}
