using System.Globalization;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using LanguageExt;

namespace Functional.Core.Data;

/// <summary>Data whose columns and classes are put in the places where a model, or a training part, has them:
/// matched by name.</summary>
internal static class SchemaMatch
{
    private const int Shown = 10;
    private const int Indicator = -2; // in place of a source: whether the cell of a column is missing

    /// <summary>The data in the places of a schema, or every difference. Columns that the schema does not
    /// have are left out. Columns without names are taken as they stand; classes without names are called
    /// by their numbers.</summary>
    public static Validation<Invalid, Dataset<double>> To(
        this Dataset<double> data, Schema? wanted, Problem problem,
        UnseenCategories unseen = UnseenCategories.Refuse) =>
        data.WithClassesOf(wanted, problem).Bind(named => named.To(wanted, unseen)).Bind(matched =>
        {
            bool hasFewer = matched.Schema is not { Labels.Count: > 0 }
                && (matched.Problem, problem) is (Problem.Classification(var classes), Problem.Classification(var all))
                && classes < all;
            Invalid[] faults = matched.Problem == problem || hasFewer
                ? []
                : [new($"the data are for {matched.Problem}; they should be for {problem}")];
            return Invalid.Unless(faults, () =>
                Dataset<double>.Of(problem, matched.Inputs, matched.Targets, matched.Weights, matched.Schema) with
                {
                    SourceRows = matched.SourceRows
                });
        });

    /// <summary>The inputs alone in the places of a schema, or every difference; as they stand where either
    /// side has no names.</summary>
    public static Validation<Invalid, Matrix<double>> InputsFor(
        this Dataset<double> data, Schema? wanted, UnseenCategories unseen)
    {
        if (data.Schema is not { } own || wanted is null || HaveOneOrder(own, wanted)) return data.Inputs;
        var faults = new List<Invalid>();
        var inputs = Inputs(data.Inputs, own, wanted, unseen, faults);
        return Invalid.Unless(faults, () => inputs);
    }

    private static bool HaveOneOrder(Schema own, Schema wanted) =>
        own.Features.Count == 0 || wanted.Features.Count == 0 || own.Features.Equals(wanted.Features);

    // Where one side names its classes and the other counts them, a number is a name as well: "0" is
    // class 0, and "no" is none.
    private static Validation<Invalid, Dataset<double>> WithClassesOf(
        this Dataset<double> data, Schema? wanted, Problem problem)
    {
        if ((data.Problem, problem) is not (Problem.Classification(var own), Problem.Classification(var all)))
            return data;
        string[] names = [.. data.Schema?.Labels ?? []], known = [.. wanted?.Labels ?? []];
        if (names.Length > 0 == known.Length > 0) return data;
        bool isCounted = names.Length == 0;
        if (isCounted) names = Counted(own);
        else known = Counted(all);
        int[] used = [.. data.Targets.Cells.Span.ToArray().Select(target => (int)target).Distinct().Order()];
        string[] odd = [.. used.Select(label => names[label]).Except(known)];
        double[] places = [.. names.Select(name => (double)Math.Max(0, Array.IndexOf(known, name)))];
        var faults = odd.Length == 0 ? [] : new[]
        {
            new Invalid(isCounted
                ? (Phrase)($"the data have classes by number, {string.Join(", ", odd.Take(Shown))}; "
                    + $"they should be named, as one of {Listed(known)}")
                : $"the data have the classes {Listed(odd)}; "
                    + $"they should be numbers from 0 to {all - 1}, since these have no names"),
        };
        return Invalid.Unless(faults, () => Dataset<double>.Of(
            problem, data.Inputs, data.Targets.Map(target => places[(int)target]), data.Weights,
            (data.Schema ?? new Schema([], [])) with { Labels = isCounted ? wanted!.Labels : [] })
            with
        { SourceRows = data.SourceRows });
    }

    private static string[] Counted(int classes) =>
        [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    private static Validation<Invalid, Dataset<double>> To(
        this Dataset<double> data, Schema? wanted, UnseenCategories unseen)
    {
        if (data.Schema is not { } own || wanted is null) return data;
        bool haveOrder = HaveOneOrder(own, wanted);
        if (haveOrder && own.Labels.Equals(wanted.Labels) && own.Targets.Equals(wanted.Targets)) return data;
        var faults = new List<Invalid>();
        var inputs = haveOrder ? data.Inputs : Inputs(data.Inputs, own, wanted, unseen, faults);
        var (problem, targets) = Targets(data, own, wanted, faults);
        return Invalid.Unless(faults, () => Dataset<double>.Of(
            problem, inputs, targets, data.Weights, wanted with { Format = own.Format ?? wanted.Format })
            with
        { SourceRows = data.SourceRows });
    }

    private static Matrix<double> Inputs(
        Matrix<double> inputs, Schema own, Schema wanted, UnseenCategories unseen, List<Invalid> faults)
    {
        var places = new Dictionary<string, (Feature Feature, int At)>(StringComparer.Ordinal);
        int at = 0;
        foreach (var feature in own.Features)
        {
            places[feature.Name] = (feature, at);
            at += feature.Width;
        }
        var sources = new List<int>(); // where each input comes from; none (-1) for a value that no row here has
        var present = new List<int>(); // for each input, a place whose NaN says that the category is missing
        foreach (var feature in wanted.Features)
        {
            if (feature.IndicatorOf.Length > 0 && places.TryGetValue(feature.IndicatorOf, out var marked))
            {
                sources.Add(Indicator);
                present.Add(marked.At);
                continue;
            }
            if (!places.TryGetValue(feature.Name, out var found))
            {
                faults.Add(new(
                    $"the data have no column {Visible.Quoted(feature.Name)}; "
                    + $"they have {Listed(own.Features.Select(column => column.Name))}"));
                continue;
            }
            if (found.Feature.Values.Count == 0 != (feature.Values.Count == 0))
            {
                faults.Add(new(
                    $"column {Visible.Quoted(feature.Name)} is a {Kind(found.Feature)} in the data; "
                        + $"it should be a {Kind(feature)}"));
                continue;
            }
            string[] others = [.. found.Feature.Values.Except(feature.Values)];
            if (others.Length > 0 && unseen == UnseenCategories.Refuse)
                faults.Add(new(
                    $"column {Visible.Quoted(feature.Name)} has {Listed(others)}; it should have only "
                        + $"{Listed(feature.Values)}"));
            var values = found.Feature.Values.Index()
                .ToDictionary(value => value.Item, value => found.At + value.Index, StringComparer.Ordinal);
            if (feature.Values.Count == 0) sources.Add(found.At);
            sources.AddRange(feature.Values.Select(value => values.GetValueOrDefault(value, -1)));
            present.AddRange(Enumerable.Repeat(found.At, feature.Width));
        }
        if (faults.Count > 0) return inputs;
        int width = sources.Count;
        return new(inputs.Rows, width, Vec<double>.Create(inputs.Rows * width, inputs, (into, from) =>
        {
            var room = new double[from.Columns];
            for (int row = 0; row < from.Rows; row++)
            {
                var cells = from.Row(row, room);
                for (int i = 0; i < width; i++)
                    into[row * width + i] = sources[i] switch
                    {
                        >= 0 => cells[sources[i]],
                        Indicator => double.IsNaN(cells[present[i]]) ? 1 : 0,
                        _ => double.IsNaN(cells[present[i]]) ? double.NaN : 0,
                    };
            }
        }));
    }

    private static (Problem, Matrix<double>) Targets(
        Dataset<double> data, Schema own, Schema wanted, List<Invalid> faults)
    {
        switch (data.Problem)
        {
            case Problem.Classification when own.Labels.Count > 0 && wanted.Labels.Count > 0
                && !own.Labels.Equals(wanted.Labels):
                string[] unknown = [.. own.Labels.Except(wanted.Labels)];
                if (unknown.Length > 0)
                {
                    var (names, usual) = (Listed(unknown), Listed(wanted.Labels));
                    faults.Add(new(unknown.Length == 1
                        ? (Phrase)$"the data have the class {names}; it should be one of {usual}"
                        : $"the data have the classes {names}; they should be among {usual}"));
                }
                var places = wanted.Labels.Index()
                    .ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
                double[] numbers = [.. own.Labels.Select(label => (double)places.GetValueOrDefault(label))];
                return (
                    new Problem.Classification(wanted.Labels.Count), data.Targets.Map(target => numbers[(int)target]));
            case Problem.MultiLabel when own.Labels.Count > 0 && wanted.Labels.Count > 0
                && !own.Labels.Equals(wanted.Labels):
                return (data.Problem, Permuted(data.Targets, own.Labels, wanted.Labels, $"labels", faults));
            case Problem.Regression when own.Targets.Count > 0 && wanted.Targets.Count > 0
                && !own.Targets.Equals(wanted.Targets):
                return (data.Problem, Permuted(data.Targets, own.Targets, wanted.Targets, $"targets", faults));
            default:
                return (data.Problem, data.Targets);
        }
    }

    private static Matrix<double> Permuted(
        Matrix<double> targets, Items<string> own, Items<string> wanted, Phrase what, List<Invalid> faults)
    {
        int[] places = [.. wanted.Select(name => own.ToList().IndexOf(name))];
        if (own.Count == wanted.Count && !places.Contains(-1))
            return targets.MapRows((from, into) =>
            {
                for (int i = 0; i < into.Length; i++) into[i] = from[places[i]];
            });
        faults.Add(new($"the data have the {what} {Listed(own)}; they should be {Listed(wanted)}"));
        return targets;
    }

    private static Phrase Kind(Feature feature) => feature.Values.Count == 0 ? (Phrase)$"number" : $"category";

    private static Phrase Listed(IEnumerable<string> names) => Phrase.Listed([.. names], Shown);
}
