using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Functional.Core.Training;
using Functional.Runs;
using Xunit;

namespace Properties.Facade;

/// <summary>Events for TensorBoard, read back by the published format of its records.</summary>
public sealed class EventFileProperties : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("events-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    private static Gen<EpochLine[]> Histories =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 1], Gen.Double[0, 9], Gen.Bool, Gen.Bool).Array[0, 300].Select(
            numbers => numbers.Select((of, i) => new EpochLine(
                i + 1, 10 * i, of.Item1, of.Item4 ? new(of.Item2, "accuracy", of.Item3) : null,
                of.Item5 ? new StepMeasures(of.Item2, of.Item3, of.Item1) : null, "digest")).ToArray());

    [Fact]
    public void Every_number_of_every_epoch_is_there() => Gen.Select(Histories, Gen.Double.Unit).Sample(
        (lines, share) =>
        {
            int before = (int)(share * lines.Length);
            using (var events = EventFile.Open(scratch, lines[..before]))
                foreach (var line in lines[before..]) Assert.Null(events.Add(line));
            var records = Records(File.ReadAllBytes(Directory.GetFiles(scratch).Single())).Select(Fields).ToList();
            Assert.Equal(
                "brain.Event:2", Encoding.UTF8.GetString((byte[])records[0].Single(field => field.Number == 3).Value));
            Assert.Equal(lines.SelectMany(Scalars), records.Skip(1).SelectMany(Scalars));
            return true;
        },
        iter: 30, threads: 1);

    private static IEnumerable<(long, string, float)> Scalars(EpochLine line)
    {
        yield return (line.Epoch, "loss/train", (float)line.TrainLoss);
        if (line.Validation is var (loss, score, value))
        {
            yield return (line.Epoch, "loss/validation", (float)loss);
            yield return (line.Epoch, $"{score}/validation", (float)value);
        }
        if (line.LastStep is not var (rate, gradient, update)) yield break;
        yield return (line.Epoch, "rate", (float)rate!);
        yield return (line.Epoch, "norm/gradient", (float)gradient);
        yield return (line.Epoch, "norm/update", (float)update);
    }

    // Event: step = 2, summary = 5; Summary: value = 1; Value: tag = 1, simple_value = 2.
    private static IEnumerable<(long, string, float)> Scalars(List<(int Number, object Value)> record)
    {
        long step = (long)(ulong)record.Single(field => field.Number == 2).Value;
        return Fields((byte[])record.Single(field => field.Number == 5).Value).Select(value =>
        {
            var scalar = Fields((byte[])value.Value);
            return (step, Encoding.UTF8.GetString((byte[])scalar.Single(field => field.Number == 1).Value),
                BinaryPrimitives.ReadSingleLittleEndian((byte[])scalar.Single(field => field.Number == 2).Value));
        });
    }

    private static List<(int Number, object Value)> Fields(byte[] message)
    {
        var fields = new List<(int, object)>();
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint();
            switch (key & 7)
            {
                case 0: fields.Add(((int)(key >> 3), Varint())); break;
                case 1: fields.Add(((int)(key >> 3), message[at..(at += 8)])); break;
                case 2:
                    int length = (int)Varint();
                    fields.Add(((int)(key >> 3), message[at..(at += length)]));
                    break;
                default: fields.Add(((int)(key >> 3), message[at..(at += 4)])); break;
            }

            ulong Varint()
            {
                ulong number = 0;
                for (int shift = 0; ; shift += 7)
                {
                    byte one = message[at++];
                    number |= (ulong)(one & 0x7f) << shift;
                    if (one < 0x80) return number;
                }
            }
        }
        return fields;
    }

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            byte[] header = file[at..(at + 8)];
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(header);
            byte[] record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(header), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return record;
            at += 16 + length;
        }
    }

    [Fact]
    public void The_check_sum_is_the_published_one() =>
        Assert.Equal(0xe3069283u, Crc("123456789"u8.ToArray())); // RFC 3720, B.4

    private static uint Masked(byte[] bytes)
    {
        uint crc = Crc(bytes);
        return (crc >> 15 | crc << 17) + 0xa282ead8u;
    }

    // Castagnoli's polynomial, bit by bit.
    private static uint Crc(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0x82f63b78u : crc >> 1;
        }
        return ~crc;
    }
}
