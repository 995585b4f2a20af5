using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Training;

/// <summary>Batches are a pure function of samples, size, key and step.</summary>
public sealed class BatchProperties
{
    private static readonly Gen<(Samples<double> Samples, int Size, Key Key)> Case =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 50], Any.Key).Select((rows, size, key) =>
            (new Samples<double>(
                new(rows, 1, Vec<double>.Of([.. Enumerable.Range(0, rows)])), new(rows, 1, Vec<double>.Zeros(rows))),
                size, key));

    [Fact]
    public void Every_epoch_visits_every_row_once() => Gen.Select(Case, Gen.Int[0, 5]).Sample((c, epoch) =>
        Batches.PerEpoch(c.Samples.Inputs.Rows, c.Size) is var steps
        && Batches.From(c.Samples, c.Size, c.Key).Skip(epoch * steps).Take(steps).SelectMany(Rows).Order()
            .SequenceEqual(Enumerable.Range(0, c.Samples.Inputs.Rows)));

    [Fact]
    public void All_batches_but_the_last_of_an_epoch_are_full() => Case.Sample(c =>
        Batches.From(c.Samples, c.Size, c.Key).Take(Batches.PerEpoch(c.Samples.Inputs.Rows, c.Size)).SkipLast(1)
            .All(batch => batch.Count == c.Size));

    [Fact]
    public void Batch_t_is_element_t() => Gen.Select(Case, Gen.Int[0, 60]).Sample((c, step) =>
        Rows(Batches.At(c.Samples, c.Size, c.Key, step))
            .SequenceEqual(Rows(Batches.From(c.Samples, c.Size, c.Key).ElementAt(step))));

    [Fact]
    public void Resuming_is_skipping() => Gen.Select(Case, Gen.Int[0, 60]).Sample((c, step) =>
        Batches.From(c.Samples, c.Size, c.Key, step).Take(9).SelectMany(Rows)
            .SequenceEqual(Batches.From(c.Samples, c.Size, c.Key).Skip(step).Take(9).SelectMany(Rows)));

    [Fact]
    public void A_step_far_away_has_a_batch_as_well() =>
        Gen.Select(Case, Gen.Long[0, long.MaxValue / 2]).Sample((c, step) =>
            Rows(Batches.At(c.Samples, c.Size, c.Key, step))
                .SequenceEqual(Rows(Batches.At(c.Samples, c.Size, c.Key, step))));

    [Fact]
    public void Epochs_go_through_the_rows_in_different_orders() => Any.Key.Sample(key =>
        new Samples<double>(new(20, 1, Vec<double>.Zeros(20)), new(20, 1, Vec<double>.Zeros(20))) is var samples
        && !Rows(Batches.At(samples, 20, key, 0)).SequenceEqual(Rows(Batches.At(samples, 20, key, 1))));

    [Fact]
    public void The_full_batch_has_all_rows_in_order() =>
        Case.Sample(c => Rows(Batch<double>.All(c.Samples)).SequenceEqual(Enumerable.Range(0, c.Samples.Inputs.Rows)));

    private static int[] Rows(Batch<double> batch) => batch.Order.Span.Slice(batch.Start, batch.Count).ToArray();
}
