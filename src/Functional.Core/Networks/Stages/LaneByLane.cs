using System.Numerics;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Networks;

/// <summary>A stage of 16 networks that are taken out of their lanes and passed one after the other: for layers that do
/// not go side by side.</summary>
/// <param name="alone">The stage of one network; it must not draw.</param>
/// <param name="isDue">Which networks do the step at hand; zeros come out for the others, and nothing goes back.</param>
internal sealed class LaneByLane<T>(Stage<T> alone, bool[] isDue) : Stage<T>(
    alone.Inputs * Lanes, alone.Outputs * Lanes, alone.Parameters * Lanes, alone.Running * Lanes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = LaneMatMul.Count;

    // Tapes lie network after network: nobody else reads them.
    public override long Tape(int rows) => alone.Tape(rows) * Lanes;

    public override long TangentTape(int rows) => alone.TangentTape(rows) * Lanes;

    public override long Scratch(int rows) => alone.Scratch(rows);

    public override long BackwardTangentScratch(int rows) => alone.BackwardTangentScratch(rows);

    public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
    {
        var own = pass with { Frame = alone.Frame(pass.Rows) };
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isDue[lane])
            {
                Interleaved.Fill(T.Zero, lane, into.Output);
                continue;
            }
            using var here = new Network(at, lane);
            using var made = new Network(into, lane);
            var tape = Own(into.Tape, lane);
            alone.Forward(
                own, new(here.Parameters, here.Running, here.Input, made.Output, tape),
                new(made.Output, tape, made.Running));
            Interleaved.Write<T>(made.Output, lane, into.Output);
            Interleaved.Write<T>(made.Running, lane, into.Running);
        }
    }

    public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
    {
        var own = pass with { Frame = alone.Frame(pass.Rows) };
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isDue[lane])
            {
                Interleaved.Fill(T.Zero, lane, adjoint.ToInput);
                Interleaved.Fill(T.Zero, lane, adjoint.Gradient);
                continue;
            }
            using var here = new Network(at, lane);
            using var back = new Network(adjoint, lane);
            alone.Backward(own, here.Point(Own(at.Tape, lane)), back.Adjoint, scratch);
            back.Write(adjoint, lane);
        }
    }

    public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
    {
        var own = pass with { Frame = alone.Frame(pass.Rows) };
        for (int lane = 0; lane < Lanes; lane++)
        {
            using var here = new Network(at, lane);
            using var moving = new Network(along, lane);
            using var made = new Network(into, lane);
            var tape = Own(into.Tape, lane);
            alone.Tangent(
                own, here.Point(Own(at.Tape, lane)), new(moving.Parameters, moving.Input, made.Output, tape),
                new(made.Output, tape));
            Interleaved.Write<T>(made.Output, lane, into.Output);
        }
    }

    public override void BackwardTangent(
        in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
        Span<T> scratch)
    {
        var own = pass with { Frame = alone.Frame(pass.Rows) };
        for (int lane = 0; lane < Lanes; lane++)
        {
            using var here = new Network(at, lane);
            using var moving = new Network(along, lane);
            using var back = new Network(adjoint, lane);
            using var backMoving = new Network(tangent, lane);
            alone.BackwardTangent(
                own, here.Point(Own(at.Tape, lane)),
                new(moving.Parameters, moving.Input, moving.Output, Own(along.Tape, lane)), back.Adjoint,
                backMoving.Adjoint, scratch);
            back.Write(adjoint, lane);
            backMoving.Write(tangent, lane);
        }
    }

    private static Span<T> Own(Span<T> tapes, int lane) => tapes.Slice(tapes.Length / Lanes * lane, tapes.Length / Lanes);

    private static ReadOnlySpan<T> Own(ReadOnlySpan<T> tapes, int lane) =>
        tapes.Slice(tapes.Length / Lanes * lane, tapes.Length / Lanes);

    /// <summary>The numbers of one network, out of their lanes: what lies at a point, or what goes back from
    /// one.</summary>
    private ref struct Network
    {
        private readonly Aligned<T> room;

        public Network(in Point<T> at, int lane) : this(at.Parameters, at.Running, at.Input, at.Output, lane) { }

        public Network(in PointTangent<T> along, int lane)
            : this(along.Parameters, [], along.Input, along.Output, lane)
        { }

        public Network(in Into<T> into, int lane) : this([], into.Running, [], into.Output, lane) { }

        public Network(in Adjoint<T> adjoint, int lane)
            : this(adjoint.Gradient, [], adjoint.ToInput, adjoint.FromOutput, lane)
        { }

        private Network(
            ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output,
            int lane)
        {
            room = ThreadCache<T>.Take((parameters.Length + running.Length + input.Length + output.Length) / Lanes);
            var rest = room.Span;
            Parameters = Taken(parameters, lane, ref rest);
            Running = Taken(running, lane, ref rest);
            Input = Taken(input, lane, ref rest);
            Output = Taken(output, lane, ref rest);
        }

        public readonly Span<T> Parameters, Running, Input, Output;

        public readonly Point<T> Point(ReadOnlySpan<T> tape) => new(Parameters, Running, Input, Output, tape);

        public readonly Adjoint<T> Adjoint => new(Output, Input, Parameters);

        /// <summary>Back into its lane.</summary>
        public readonly void Write(in Adjoint<T> adjoint, int lane)
        {
            Interleaved.Write<T>(Output, lane, adjoint.FromOutput);
            Interleaved.Write<T>(Input, lane, adjoint.ToInput);
            Interleaved.Write<T>(Parameters, lane, adjoint.Gradient);
        }

        public readonly void Dispose() => ThreadCache<T>.Return(room);

        private static Span<T> Taken(ReadOnlySpan<T> all, int lane, scoped ref Span<T> rest)
        {
            var own = rest[..(all.Length / Lanes)];
            rest = rest[own.Length..];
            Interleaved.Read(all, lane, own);
            return own;
        }
    }
}
