using System.Text.Json.Nodes;
using Functional.Runs;
using Microsoft.Data.Sqlite;

namespace Functional.Store;

/// <summary>
/// An index of the runs below a directory, in SQLite: every field of every run.json, so that ten thousand runs are
/// searched at once. The directories are the truth: what has changed since is read again, and an index that is lost or
/// damaged is made anew.
/// </summary>
internal sealed class RunIndex : IDisposable
{
    public const string FileName = "functional-index.sqlite";
    private const int Version = 1;
    private const string Tables = """
        CREATE TABLE runs(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, modified INTEGER NOT NULL,
            length INTEGER NOT NULL, fault TEXT);
        CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE fields(name INTEGER NOT NULL, run INTEGER NOT NULL, number REAL, text TEXT,
            PRIMARY KEY(name, run)) WITHOUT ROWID;
        CREATE INDEX by_run ON fields(run);
        """;

    private readonly SqliteConnection connection;
    private readonly string directory;

    private RunIndex(SqliteConnection connection, string directory) =>
        (this.connection, this.directory) = (connection, directory);

    /// <summary>Opens the index of a directory, made anew where it is missing, damaged or of another version; where
    /// none can be written, it is held in memory.</summary>
    /// <param name="directory">Where the runs are.</param>
    /// <param name="isAnew">Whether it is to be made anew in any case.</param>
    /// <param name="notes">What a person should know of it.</param>
    public static RunIndex Open(string directory, bool isAnew, List<Phrase> notes)
    {
        string file = Path.Combine(directory, FileName);
        for (int tries = 0; ; tries++)
        {
            string source = tries < 2 ? file : ":memory:";
            bool wasThere = File.Exists(file) && source == file;
            RunIndex? index = null;
            try
            {
                if (isAnew && tries == 0) Remove(file);
                index = new(Connected(source), directory);
                bool isNew = index.Prepare();
                index.Update();
                _ = (index.Runs().Count, index.Names().Count); // whether its tables are what they should be
                if (wasThere && isNew && !isAnew)
                    notes.Add($"the index {file} was of another version; it was made anew");
                return index;
            }
            catch (SqliteException fault) when (tries < 2)
            {
                index?.Dispose();
                if (IsDamage(fault))
                {
                    notes.Add($"the index {file} was damaged; it was made anew from the runs");
                    Remove(file);
                }
                else tries = 1; // it cannot be written here
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException && tries < 2)
            {
                index?.Dispose();
                tries = 1;
            }
        }
    }

    /// <summary>The runs by their names, each with what is wrong with it, if anything.</summary>
    public IReadOnlyList<(long Id, string Name, string? Fault)> Runs()
    {
        var runs = new List<(long, string, string?)>();
        using var reader = Query("SELECT id, name, fault FROM runs ORDER BY name").ExecuteReader();
        while (reader.Read())
            runs.Add((reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return runs;
    }

    /// <summary>The names of all fields.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string>();
        using var reader = Query("SELECT name FROM names ORDER BY name").ExecuteReader();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>A field of all runs that have it, by their numbers.</summary>
    public Dictionary<long, FieldValue> Field(string name)
    {
        var values = new Dictionary<long, FieldValue>();
        using var command = Query(
            "SELECT run, number, text FROM fields WHERE name = (SELECT id FROM names WHERE name = $name)");
        command.Parameters.AddWithValue("$name", name);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            values[reader.GetInt64(0)] = new(
                reader.IsDBNull(1) ? null : reader.GetDouble(1), reader.IsDBNull(2) ? null : reader.GetString(2));
        return values;
    }

    public void Dispose() => connection.Dispose();

    private static SqliteConnection Connected(string source)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Pooling = false,
            DefaultTimeout = 30, // another process may be bringing it up to date
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Whether it has its tables now for the first time.
    private bool Prepare()
    {
        using var transaction = connection.BeginTransaction();
        using var version = Query("PRAGMA user_version");
        bool isNew = (long)version.ExecuteScalar()! != Version;
        if (isNew)
            Query($"""
                DROP TABLE IF EXISTS fields; DROP TABLE IF EXISTS names; DROP TABLE IF EXISTS runs;
                {Tables} PRAGMA user_version = {Version};
                """).ExecuteNonQuery();
        transaction.Commit();
        return isNew;
    }

    // What is there now, beside what was read before.
    private void Update()
    {
        var known = new Dictionary<string, (long Id, long Modified, long Length)>();
        using (var reader = Query("SELECT id, name, modified, length FROM runs").ExecuteReader())
            while (reader.Read())
                known[reader.GetString(1)] = (reader.GetInt64(0), reader.GetInt64(2), reader.GetInt64(3));
        var changed = new List<(string Name, FileInfo File)>();
        foreach (string run in Directory.EnumerateDirectories(directory))
        {
            var file = new FileInfo(Path.Combine(run, RunFiles.Report));
            if (!file.Exists) continue;
            string name = Path.GetFileName(run);
            if (!known.Remove(name, out var before)
                || before.Modified != file.LastWriteTimeUtc.Ticks || before.Length != file.Length)
                changed.Add((name, file));
        }
        if (changed.Count == 0 && known.Count == 0) return;
        using var transaction = connection.BeginTransaction();
        foreach (var (name, _) in known) Forget(name);
        using var writer = new FieldWriter(connection);
        foreach (var (name, file) in changed)
        {
            Forget(name);
            var (report, fault) = Report(file);
            using var run = Query(
                "INSERT INTO runs(name, modified, length, fault) VALUES($name, $modified, $length, $fault) "
                    + "RETURNING id");
            run.Parameters.AddWithValue("$name", name);
            run.Parameters.AddWithValue("$modified", file.LastWriteTimeUtc.Ticks);
            run.Parameters.AddWithValue("$length", file.Length);
            run.Parameters.AddWithValue("$fault", (object?)fault ?? DBNull.Value);
            long id = (long)run.ExecuteScalar()!;
            if (report is not null) writer.Write(id, RunFields.Of(report));
        }
        Query("DELETE FROM names WHERE id NOT IN (SELECT DISTINCT name FROM fields)").ExecuteNonQuery();
        transaction.Commit();
    }

    private static (JsonObject? Report, string? Fault) Report(FileInfo file)
    {
        var report = Attempt<JsonObject>.From(() => RunDirectory.LoadRecord(file.DirectoryName!));
        return report.Succeeded ? (report.Value, null) : (null, report.Faults[0].Message);
    }

    private void Forget(string name)
    {
        using var command = Query("""
            DELETE FROM fields WHERE run = (SELECT id FROM runs WHERE name = $name);
            DELETE FROM runs WHERE name = $name;
            """);
        command.Parameters.AddWithValue("$name", name);
        command.ExecuteNonQuery();
    }

    private static void Remove(string file)
    {
        File.Delete(file);
        File.Delete(file + "-journal");
    }

    private static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Corrupt or NoDatabase or Failed;

    private const int Failed = 1, Corrupt = 11, NoDatabase = 26; // of SQLite; the first where a table is not as it was

    private SqliteCommand Query(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    /// <summary>Fields of many runs.</summary>
    private sealed class FieldWriter : IDisposable
    {
        private readonly SqliteCommand name, field;
        private readonly Dictionary<string, long> names = [];

        public FieldWriter(SqliteConnection connection)
        {
            name = connection.CreateCommand();
            name.CommandText = """
                INSERT INTO names(name) VALUES($name) ON CONFLICT(name) DO UPDATE SET name = name RETURNING id
                """;
            name.Parameters.Add("$name", SqliteType.Text);
            field = connection.CreateCommand();
            field.CommandText = "INSERT INTO fields(name, run, number, text) VALUES($name, $run, $number, $text)";
            field.Parameters.Add("$name", SqliteType.Integer);
            field.Parameters.Add("$run", SqliteType.Integer);
            field.Parameters.Add("$number", SqliteType.Real);
            field.Parameters.Add("$text", SqliteType.Text);
        }

        public void Write(long run, Dictionary<string, FieldValue> fields)
        {
            foreach (var (path, value) in fields)
            {
                field.Parameters["$name"].Value = Id(path);
                field.Parameters["$run"].Value = run;
                field.Parameters["$number"].Value = (object?)value.Number ?? DBNull.Value;
                field.Parameters["$text"].Value = (object?)value.Text ?? DBNull.Value;
                field.ExecuteNonQuery();
            }
        }

        public void Dispose()
        {
            name.Dispose();
            field.Dispose();
        }

        private long Id(string path)
        {
            if (names.TryGetValue(path, out long id)) return id;
            name.Parameters["$name"].Value = path;
            return names[path] = (long)name.ExecuteScalar()!;
        }
    }
}
