using System.Numerics;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Ensembles;

/// <summary>Numbers of networks that stay as they are while the others step.</summary>
internal sealed class StillLanes<T>(int parameters, int running, int moments)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = Reduce.Lanes;

    private readonly T[] numbers = new T[checked((parameters + running + moments) * Lanes)];
    private readonly bool[] isStill = new bool[Lanes], isRunningStill = new bool[Lanes];

    /// <summary>Keeps all numbers of a network.</summary>
    public void All(int lane, ReadOnlySpan<T> ofParameters, ReadOnlySpan<T> ofRunning, ReadOnlySpan<T> ofMoments)
    {
        Running(lane, ofRunning);
        Moving(lane, ofParameters, ofMoments);
    }

    /// <summary>Keeps its running values.</summary>
    public void Running(int lane, ReadOnlySpan<T> all)
    {
        isRunningStill[lane] = true;
        Interleaved.Read(all, lane, RunningOf(lane));
    }

    /// <summary>Keeps its parameters and moments.</summary>
    public void Moving(int lane, ReadOnlySpan<T> ofParameters, ReadOnlySpan<T> ofMoments)
    {
        isStill[lane] = true;
        Interleaved.Read(ofParameters, lane, ParametersOf(lane));
        Interleaved.Read(ofMoments, lane, MomentsOf(lane));
    }

    /// <summary>Puts back what was kept, once.</summary>
    public void PutBack(Span<T> toParameters, Span<T> toRunning, Span<T> toMoments)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (isRunningStill[lane]) Interleaved.Write<T>(RunningOf(lane), lane, toRunning);
            if (isStill[lane])
            {
                Interleaved.Write<T>(ParametersOf(lane), lane, toParameters);
                Interleaved.Write<T>(MomentsOf(lane), lane, toMoments);
            }
            (isStill[lane], isRunningStill[lane]) = (false, false);
        }
    }

    private Span<T> ParametersOf(int lane) => Own(lane)[..parameters];

    private Span<T> RunningOf(int lane) => Own(lane).Slice(parameters, running);

    private Span<T> MomentsOf(int lane) => Own(lane)[(parameters + running)..];

    private Span<T> Own(int lane)
    {
        int length = parameters + running + moments;
        return numbers.AsSpan(lane * length, length);
    }
}
