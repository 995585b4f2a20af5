using CsCheck;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Randomness;

/// <summary>Keys make keys, and no two are alike.</summary>
public sealed class KeyProperties
{
    [Fact]
    public void A_seed_is_its_key() =>
        Gen.ULong.Sample(seed => Key.FromSeed(seed) is var key && (((ulong)key.Hi << 32) | key.Lo) == seed);

    [Fact]
    public void Keys_that_a_key_makes_all_differ() => Any.Key.Sample(key => AllDiffer(
        [key, key.Split().Item1, key.Split().Item2, .. Enum.GetValues<Purpose>().Select(key.For),
            .. Enumerable.Range(0, 100).Select(i => key.At((uint)i))]));

    [Fact]
    public void Steps_of_more_than_32_bits_have_keys_of_their_own() =>
        Gen.Select(Any.Key, Gen.Long[0, long.MaxValue / 2], Gen.Long[0, long.MaxValue / 2]).Sample((key, s, t) =>
            AllDiffer([key.AtStep(s), key.AtStep(s + 1), key.AtStep(s ^ (1L << 32)), key.AtStep(s ^ (1L << 61))])
            && key.AtStep(s) == key.AtStep(t) == (s == t));

    [Fact]
    public void Draws_of_two_keys_differ() => Any.Key.Sample(key =>
        Draw.Uniform<double>(key.Split().Item1, 4) != Draw.Uniform<double>(key.Split().Item2, 4)
        && Draw.Uniform<double>(key.At(0), 4) != Draw.Uniform<double>(key.At(1), 4)
        && Draw.Normal<double>(key.For(Purpose.Init), 4) != Draw.Normal<double>(key.For(Purpose.Data), 4));

    private static bool AllDiffer(IReadOnlyCollection<Key> keys) => keys.Distinct().Count() == keys.Count;
}
