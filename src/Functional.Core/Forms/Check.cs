namespace Functional.Core.Forms;

/// <summary>The visitor that checks every field against its range and collects the faults. With <c>single</c>, a
/// real number must lie in its range after it has been rounded to <c>float</c>, too.</summary>
internal sealed class Check : Fields
{
    private readonly List<Invalid> faults;
    private readonly string path;
    private readonly bool single;

    private Check(List<Invalid> faults, string path, bool single) =>
        (this.faults, this.path, this.single) = (faults, path, single);

    /// <summary>Every fault of a form; <paramref name="path"/> says where it stands.</summary>
    public static List<Invalid> Faults<A>(Form<A> form, string path = "", bool single = false) where A : Form<A>
    {
        var faults = new List<Invalid>();
        form.Each(new Check(faults, path, single));
        return faults;
    }

    /// <summary>The form, with something in the place of every part that is null and is at fault for it.</summary>
    public static A Whole<A>(Form<A> form, List<Invalid> faults) where A : Form<A> =>
        form.Each(new Check(faults, "", single: false));

    public override double Real(string name, double value, Interval range)
    {
        if (!range.Contains(value)) faults.Add(Fault(path + name, $"{value:R}", range));
        else if (single && !range.Contains((float)value))
            faults.Add(Fault(path + name, $"{value:R}, in float {(double)(float)value:R}", range));
        return value;
    }

    public override long Whole(string name, long value, Interval range)
    {
        if (!range.Contains(value)) faults.Add(Fault(path + name, $"{value}", range));
        return value;
    }

    public override Items<int> Wholes(string name, Items<int> value, Interval range)
    {
        for (int i = 0; i < value.Count; i++) Whole($"{name}[{i}]", (long)value[i], range);
        return value;
    }

    public override Items<double> Reals(string name, Items<double> value, Interval range)
    {
        for (int i = 0; i < value.Count; i++) Real($"{name}[{i}]", value[i], range);
        return value;
    }

    public override ulong Seed(string name, ulong value) => value;

    public override bool Flag(string name, bool value) => value;

    public override string Choice(string name, string value, params string[] allowed)
    {
        if (!allowed.Contains(value)) faults.Add(NotAmong(path + name, value, allowed));
        return value;
    }

    public override E Choice<E>(string name, E value)
    {
        if (!Enum.IsDefined(value)) faults.Add(NotAmong(path + name, value.ToString(), Choices<E>.Names));
        return value;
    }

    public override string Text(string name, string value) => value;

    public override Items<string> Texts(string name, Items<string> value) => value;

    public override A One<A>(string name, A value, Kinds<A> kinds)
    {
        if (value is null)
        {
            faults.Add(new($"{path}{name} is null; it should be {kinds.OneOf}"));
            return kinds.Prototypes.First();
        }
        value.Each(new Check(faults, $"{path}{name}.", single));
        return value;
    }

    public override A? Part<A>(string name, A? value, A prototype) where A : class
    {
        value?.Each(new Check(faults, $"{path}{name}.", single));
        return value;
    }

    public override A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : class =>
        value is null ? null : One(name, value, kinds);

    public override Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds)
    {
        if (value is null) faults.Add(new($"{path}{name} is null; it should be a list, each item {kinds.OneOf}"));
        return [.. (value ?? []).Select((item, i) => One($"{name}[{i}]", item, kinds))];
    }

    public static Invalid Fault(string path, Phrase value, Interval range) =>
        new($"{path} is {value}; it should be {range}");

    public static Invalid NotAmong(string path, string value, string[] allowed) =>
        new($"{path} is \"{value}\"; it should be one of {string.Join(", ", allowed)}");
}
