using System.Numerics;
using Functional.Core.Networks;

namespace Functional.Core.Training;

/// <summary>Room for the batches of a fold, up to a number of rows.</summary>
internal sealed class Room<T>(Stage<T> stage, int rows, int targetColumns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Rows => rows;
    public int TargetColumns => targetColumns;
    public T[] Inputs { get; } = new T[rows * stage.Inputs];
    public T[] Targets { get; } = new T[rows * targetColumns];
    public T[] Weights { get; } = new T[rows];
    public T[] Outputs { get; } = new T[rows * stage.Outputs];
    public T[] Delta { get; } = new T[rows * stage.Outputs];
    public T[] PerRow { get; } = new T[rows];
    public T[] Tape { get; } = new T[stage.Tape(rows)];
    public T[] Scratch { get; } = new T[stage.Scratch(rows)];
}
