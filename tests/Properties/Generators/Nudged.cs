using Functional;
using Functional.Core.Networks;

namespace Properties.Generators;

/// <summary>The same form with other real numbers, each within its range: as a member of a sweep has them.</summary>
/// <param name="share">How far each number goes towards another one of its range, 0 to 1.</param>
internal sealed class Nudged(double share) : Fields
{
    public static A Of<A>(Form<A> form, double share) where A : Form<A> => form.Each(new Nudged(share));

    /// <summary>Layers with other rates wherever they drop; all else is their shape.</summary>
    public static Architecture Dropping(Architecture architecture, double share) =>
        Functional.Core.Networks.Architecture.Of(
            architecture.Inputs, [.. architecture.Layers.Select(layer => Dropping(layer, share))]);

    private static Layer Dropping(Layer layer, double share) => layer switch
    {
        Dropout dropout => new Dropout(dropout.Rate * share),
        Sequence(var layers) => new Sequence([.. layers.Select(inner => Dropping(inner, share))]),
        Residual(var body, var shortcut) => new Residual(
            [.. body.Select(inner => Dropping(inner, share))], [.. shortcut.Select(inner => Dropping(inner, share))]),
        _ => layer,
    };

    public override double Real(string name, double value, Interval range) =>
        value == 0 || !range.Contains(value * (1 - share / 2)) ? value : value * (1 - share / 2);

    public override long Whole(string name, long value, Interval range) => value;
    public override Items<int> Wholes(string name, Items<int> value, Interval range) => value;
    public override Items<double> Reals(string name, Items<double> value, Interval range) => value;
    public override ulong Seed(string name, ulong value) => value;
    public override bool Flag(string name, bool value) => value;
    public override string Choice(string name, string value, params string[] allowed) => value;
    public override E Choice<E>(string name, E value) => value;
    public override string Text(string name, string value) => value;
    public override Items<string> Texts(string name, Items<string> value) => value;
    public override A One<A>(string name, A value, Kinds<A> kinds) => value.Each(this);
    public override Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds) =>
        [.. value.Select(form => form.Each(this))];
    public override A? Part<A>(string name, A? value, A prototype) where A : class => value?.Each(this);
    public override A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : class => value?.Each(this);
}
