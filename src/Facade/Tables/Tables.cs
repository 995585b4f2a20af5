using System.Data;
using Functional.Data;

namespace Functional;

/// <summary>Where tables come from: files, and what a program has.</summary>
public static class Tables
{
    extension(Table)
    {
        /// <summary>Reads a table of text; what the format leaves open is found, and said in
        /// the table's notes.</summary>
        /// <param name="path">The file, perhaps packed by gzip.</param>
        /// <param name="format">How it is to be read.</param>
        /// <exception cref="InvalidInputException">The file is no table; the message names the place.</exception>
        public static Table Read(string path, TableFormat? format = null) => TableFile.Read(path, format ?? new());

        /// <summary>A table of a program's own values, column by column:
        /// <c>Table.Of(customers).Number("age", c => c.Age)</c>.</summary>
        public static TableOf<A> Of<A>(IEnumerable<A> rows)
        {
            ArgumentNullException.ThrowIfNull(rows);
            return new([.. rows], []);
        }

        /// <summary>A table of rows that a program has by the names of their cells: numbers of any type, texts,
        /// truth values (yes, no), members of an enum (by name), dates (as days since 1970-01-01); null or DBNull
        /// is missing. A name that a row does not have is missing there.</summary>
        /// <exception cref="InvalidInputException">There are no rows, or a column has numbers and texts; the
        /// message names the places.</exception>
        public static Table OfDictionaries(IEnumerable<IReadOnlyDictionary<string, object?>> rows)
        {
            ArgumentNullException.ThrowIfNull(rows);
            IReadOnlyDictionary<string, object?>[] all = [.. rows];
            if (Array.IndexOf(all, null) is >= 0 and var nothing)
                throw new InvalidInputException($"row {nothing + 1} is null; it should be the cells of a row");
            string[] names = [.. all.SelectMany(row => row.Keys).Distinct()];
            return ObjectColumns.Table(
                "the rows", names, [.. names.Select(name => all.Select(row => row.GetValueOrDefault(name)).ToArray())],
                all.Length);
        }

        /// <summary>What is left of a reader's rows, of a database's query or of a <c>DataTable</c>
        /// (<c>CreateDataReader</c>).</summary>
        /// <exception cref="InvalidInputException">There are no rows, or a column has numbers and texts; the
        /// message names the places.</exception>
        public static Table Of(IDataReader reader)
        {
            ArgumentNullException.ThrowIfNull(reader);
            string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            Type[] types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];
            object? Cell(int column) => types[column].IsEnum && !reader.IsDBNull(column)
                ? Enum.ToObject(types[column], reader.GetValue(column)) // kept as its number
                : reader.GetValue(column);
            List<object?>[] cells = [.. names.Select(_ => new List<object?>())];
            int rows = 0;
            for (; reader.Read(); rows++)
                for (int column = 0; column < names.Length; column++) cells[column].Add(Cell(column));
            return ObjectColumns.Table("the reader", names, [.. cells.Select(column => column.ToArray())], rows);
        }

        /// <summary>A table of numbers, rows x columns; NaN is missing. Columns are called
        /// column_1 and so on.</summary>
        /// <exception cref="InvalidInputException">There are no numbers, or one is infinite.</exception>
        public static Table Of(double[,] numbers)
        {
            ArgumentNullException.ThrowIfNull(numbers);
            int[] rows = [.. Enumerable.Range(0, numbers.GetLength(0))];
            string[] names = [.. Enumerable.Range(1, numbers.GetLength(1)).Select(column => $"column_{column}")];
            return ObjectColumns.Table(
                "the array", names,
                [.. names.Select((_, column) => rows.Select(row => (object?)numbers[row, column]).ToArray())],
                rows.Length, areTold: true);
        }
    }
}
