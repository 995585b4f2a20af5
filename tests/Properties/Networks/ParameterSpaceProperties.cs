using CsCheck;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Networks;

/// <summary>Directions form a vector space, and move networks.</summary>
public sealed class ParameterSpaceProperties
{
    private static readonly Gen<(Gradient<double> X, Gradient<double> Y, Gradient<double> Z)> Three =
        Gen.Select(Any.Key, Gen.Int[0, 40]).Select((key, length) =>
            (Direction(key.At(0), length), Direction(key.At(1), length), Direction(key.At(2), length)));

    [Fact]
    public void Directions_form_a_vector_space() =>
        VectorSpace.Holds(Three, (x, y) => x + y, (a, x) => a * x, Near.Distance);

    [Fact] public void Subtracting_is_adding_the_opposite() => Three.Sample((x, y, _) => x - y == x + -1 * y);

    [Fact]
    public void The_inner_product_is_symmetric_and_linear() => Gen.Select(Three, Gen.Double[-3, 3]).Sample((v, a) =>
        v.X.Dot(v.Y) == v.Y.Dot(v.X) && Math.Abs((v.X + a * v.Y).Dot(v.Z) - (v.X.Dot(v.Z) + a * v.Y.Dot(v.Z))) < 1e-11);

    [Fact]
    public void Lengths_obey_the_triangle_inequality() =>
        Three.Sample((x, y, _) => (x + y).Norm() <= (x.Norm() + y.Norm()) * (1 + 1e-15));

    [Fact]
    public void Moving_there_and_back_leads_home() => Any.Network.SelectMany(
        network => Any.Direction(network).Select(direction => (network, direction))).Sample((network, direction) =>
        Near.Equal((network + direction - direction).Parameters, network.Parameters, 1e-15)
        && (network + direction).Running == network.Running && (network + 0 * direction) == network);

    [Fact]
    public void A_network_is_laid_out_as_its_slices_say() => Any.Network.Sample(network =>
        network.Architecture.Layout.Sum(slice => slice.Length) == network.Parameters.Length
        && network.Architecture.Layout.Select(slice => slice.Name).Distinct().Count()
            == network.Architecture.Layout.Count());

    [Fact]
    public void An_architecture_is_read_back_as_it_was_written() => RoundTrip.Holds(
        Any.Architecture, architecture => architecture.ToJson(),
        json => Architecture.Read(json).IfFail(faults => throw new FormatException($"{faults}")));

    [Fact]
    public void First_weights_are_a_function_of_architecture_initializer_and_key() =>
        Gen.Select(Any.Architecture, Any.Initializer, Any.Key).Sample((architecture, initializer, key) =>
            Network<double>.Init(architecture, initializer, key)
            == Network<double>.Init(architecture, initializer, key));

    private static Gradient<double> Direction(Key key, int length) => new(Draw.Normal<double>(key, length));
}
