using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;
using Functional.Data;

namespace Functional;

/// <summary>A model that can be used: from rows to what it predicts. Safe to use from any number of threads.</summary>
public abstract class Predictor
{
    private readonly RowReader reader;
    private readonly int inputs, outputs;

    private protected Predictor(Model model) =>
        (Model, reader, inputs, outputs) =
            (model, new(model.Encoding), model.Architecture.Inputs, model.Architecture.Outputs);

    /// <summary>The network, and how samples are encoded for it.</summary>
    public Model Model { get; }

    /// <summary>What is kept with the model for people: a date, tags, versions.</summary>
    public ModelMetadata Metadata => Model.Metadata;

    /// <summary>SHA-256, in lower-case hexadecimal, of the network's parameters.</summary>
    public string ParametersSha256 => Model.ParametersSha256;

    /// <summary>The columns that it predicts from; none where they have no names.</summary>
    public Items<string> Columns => [.. Model.Schema?.Columns ?? []];

    /// <summary>The columns that it predicts; none where they have no names.</summary>
    public Items<string> Targets => Model.Schema?.Targets ?? [];

    /// <summary>How a table of text is to be read for it, as its own was:
    /// <c>Table.Read(path, model.Format)</c>.</summary>
    public TableFormat Format => Model.Schema is { } schema ? SchemaTable.FormatOf(schema) : new();

    /// <summary>Writes the model as a safetensors file, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">It cannot be written there; the message says why.</exception>
    public void Save(string path) => Model.Save(path);

    /// <summary>Whether it is a predictor of the same kind with an equal model.</summary>
    public sealed override bool Equals(object? obj) =>
        obj is Predictor other && other.GetType() == GetType() && Model.Equals(other.Model);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Model.GetHashCode();

    /// <summary>What it predicts from what.</summary>
    public sealed override string ToString()
    {
        string from = Columns.Count > 0
            ? $"columns {InputFile.Listed([.. Columns.Select(column => Visible.Line(column))])}"
            : $"{inputs} numbers";
        string what =
            Targets.Count > 0 ? $" {InputFile.Listed([.. Targets.Select(target => Visible.Quoted(target))])}" : "";
        return $"{GetType().Name}: predicts{what} ({Model.Problem}) from {from}; "
            + (Model.IsBag ? $"the mean of {Model.MemberCount} networks of " : "")
            + $"{Model.Architecture.ParameterCount} parameters";
    }

    /// <summary>Reads a model of a kind.</summary>
    private protected static Model Read<A>(string path, string what) where A : Problem =>
        Model.Load(path) is { Problem: A } model
            ? model
            : throw new InvalidInputException(
                $"{path} is a model of another kind; it should be one that predicts {what}");

    private protected delegate A Answer<in P, out A>(P predictor, ReadOnlySpan<double> outputs);

    /// <summary>What a predictor makes of the outputs of one row, without allocating.</summary>
    private protected A Outputs<P, A>(P predictor, ReadOnlySpan<(string Name, Cell Value)> row, Answer<P, A> answer)
    {
        var room = ThreadCache<double>.Take(inputs + outputs);
        Span<double> sample = room.Span[..inputs], given = room.Span.Slice(inputs, outputs);
        reader.Read(row, sample);
        Model.Outputs(sample, given);
        var found = answer(predictor, given);
        ThreadCache<double>.Return(room);
        return found;
    }

    private protected Matrix<double> OutputsOf(Table table, int threads) => Model.Outputs(Model.Inputs(table), threads);

    /// <summary>The samples of a table with its targets, as the model knows them.</summary>
    private protected Dataset<double> Samples(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (Model.Schema is not { Features.Count: > 0 })
            throw new InvalidInputException(
                $"the model learned from numbers without names; it should be given numbers");
        var known = KnownTask.Of(Model);
        SchemaTable.RequireNotation(table, Model.Schema);
        MissingCells missing = Model.Encoding.Fill is null ? new MissingCells.Refuse() : new MissingCells.Mean();
        return TableData.Load(table, known.Of(new CsvFile(table.Source)), missing, known).Data;
    }

    private protected static Items<string> Named(Items<string>? names, int count) =>
        names is { Count: > 0 } ? names : [.. Enumerable.Range(0, count).Select(label => InputFile.Text(label))];
}
