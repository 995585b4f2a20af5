namespace Functional.Core.Differentiation;

/// <summary>Reverse mode: one run of a function forward and one fold back give its derivatives by all its
/// arguments, at a small multiple of the cost of the function, however many they are. (Linnainmaa, 1970; Baydin,
/// Pearlmutter, Radul and Siskind, 2018)</summary>
public static class Reverse
{
    /// <summary>f(x) and its derivatives by each x.</summary>
    /// <param name="f">A function over generic arithmetic.</param>
    /// <param name="x">Where.</param>
    public static (T Value, T[] Gradient) ValueAndGradient<T>(
        Func<Variable<T>[], Variable<T>> f, params ReadOnlySpan<T> x)
        where T : IReal<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var arguments = new Variable<T>[x.Length];
        for (int i = 0; i < x.Length; i++) arguments[i] = Variable<T>.Argument(x[i]);
        var result = f([.. arguments]);
        var tape = new Recording<T>(result);
        var adjoints = tape.Adjoints();
        return (
            result.Value,
            [.. arguments.Select(argument => tape.PlaceOf(argument) is >= 0 and var place ? adjoints[place] : T.Zero)]);
    }

    /// <summary>The derivatives of f by each x.</summary>
    public static T[] Gradient<T>(Func<Variable<T>[], Variable<T>> f, params ReadOnlySpan<T> x) where T : IReal<T> =>
        ValueAndGradient(f, x).Gradient;

    /// <summary>The derivatives of f by each x.</summary>
    public static double[] Gradient(Func<Variable<Real>[], Variable<Real>> f, params ReadOnlySpan<double> x) =>
        [.. Gradient(f, Forward.Reals(x)).Select(slope => slope.Value)];

    /// <summary>The second derivatives of f times a direction: reverse mode within forward mode, exact, at a small
    /// multiple of the cost of the gradient.</summary>
    /// <param name="f">A function over generic arithmetic.</param>
    /// <param name="x">Where.</param>
    /// <param name="along">The direction.</param>
    public static double[] HessianProduct(
        Func<Variable<Dual<Real>>[], Variable<Dual<Real>>> f, ReadOnlySpan<double> x, ReadOnlySpan<double> along)
    {
        Forward.Require(x, along);
        var moving = new Dual<Real>[x.Length];
        for (int i = 0; i < x.Length; i++) moving[i] = new(x[i], along[i]);
        return [.. Gradient<Dual<Real>>(f, moving).Select(slope => slope.Tangent.Value)];
    }

    /// <summary>Every number that a result was made of, in the order found from it on, each with its place.</summary>
    private readonly struct Recording<T> where T : IReal<T>
    {
        private readonly Dictionary<Variable<T>, int> places = new(ReferenceEqualityComparer.Instance);
        private readonly List<Variable<T>> numbers = [];
        private readonly List<(int First, int Second)> from = [];

        public Recording(Variable<T> result)
        {
            Place(result);
            for (int i = 0; i < numbers.Count; i++) from.Add((Place(numbers[i].First), Place(numbers[i].Second)));
        }

        /// <summary>Where a number stands; -1 where nothing was made of it.</summary>
        public int PlaceOf(Variable<T> number) => places.GetValueOrDefault(number, -1);

        /// <summary>What reaches the result through each number: the deepest first, so that all that was made of a
        /// number has spoken before it passes on.</summary>
        public T[] Adjoints()
        {
            var (adjoints, isReached) = (new T[numbers.Count], new bool[numbers.Count]);
            (adjoints[0], isReached[0]) = (T.One, true);
            foreach (int place in DeepestFirst())
            {
                Pass(from[place].First, numbers[place].FirstSlope, adjoints[place]);
                Pass(from[place].Second, numbers[place].SecondSlope, adjoints[place]);
            }
            return adjoints;

            void Pass(int to, T slope, T adjoint)
            {
                if (to < 0) return;
                T share = slope * adjoint;
                adjoints[to] = isReached[to] ? adjoints[to] + share : share;
                isReached[to] = true;
            }
        }

        private int Place(Variable<T>? number)
        {
            if (number is null) return -1;
            if (places.TryAdd(number, numbers.Count)) numbers.Add(number);
            return places[number];
        }

        // Numbers of one depth in the order found, so sums have one order.
        private int[] DeepestFirst()
        {
            int deepest = numbers[0].Depth;
            // Depths from that of a constant result, -1.
            var (next, order) = (new int[deepest + 3], new int[numbers.Count]);
            foreach (var number in numbers) next[deepest - number.Depth + 1]++;
            for (int i = 1; i < next.Length; i++) next[i] += next[i - 1];
            for (int place = 0; place < order.Length; place++) order[next[deepest - numbers[place].Depth]++] = place;
            return order;
        }
    }
}
