using System.Text;
using Functional.Core.Numbers;

namespace Functional.Formats;

/// <summary>NumPy's file of one array, version 1.0, to write.</summary>
internal static class NumpyArray
{
    private const int Aligned = 64;

    /// <summary>A table of doubles, row by row.</summary>
    public static byte[] Of(Matrix<double> table)
    {
        string shape = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({table.Rows}, {table.Columns}), }}";
        int before = 10 + shape.Length + 1, padding = (Aligned - before % Aligned) % Aligned;
        string header = shape + new string(' ', padding) + "\n";
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8),
                .. Encoding.ASCII.GetBytes(header),
            .. LittleEndian.Bytes(table.Cells.Span),
        ];
    }
}
