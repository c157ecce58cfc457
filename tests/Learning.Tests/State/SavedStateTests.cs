namespace Kafka.Stock.Learning.Tests;

/// <summary>Every stateful class under the one contract of saved state.</summary>
public static class SavedStateTests
{
    public sealed class FeatureStateSaved : SavedStateContract
    {
        protected override int Steps => 150;

        protected override int StatedBytes => 965;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            static readonly BarInput[] s_bars = SampleBars.Walk(21, 1000);
            readonly FeatureState _state = new(FeaturePipeline.PriceV1);

            public override int StateBytes => _state.StateBytes;

            public override void Step(int step)
            {
                _state.Add(s_bars[step]);
                if (step == 70) _state.Rescale(0.5, 2);
            }

            public override void Write(ref StateWriter writer) => _state.Write(ref writer);

            public override void Read(ref StateReader reader) => _state.Read(ref reader);
        }
    }

    public sealed class FeatureStateWithReferenceSaved : SavedStateContract
    {
        protected override int Steps => 100;

        protected override int StatedBytes => 965 + 937;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            static readonly BarInput[] s_bars = SampleBars.Walk(21, 1000);
            static readonly BarInput[] s_market = SampleBars.Walk(22, 1000);
            readonly FeatureState _state = new(FeaturePipeline.PriceV1Market);

            public override int StateBytes => _state.StateBytes;

            public override void Step(int step)
            {
                if (step % 9 != 4) _state.AddReference(s_market[step]);
                _state.Add(s_bars[step]);
            }

            public override void Write(ref StateWriter writer) => _state.Write(ref writer);

            public override void Read(ref StateReader reader) => _state.Read(ref reader);
        }
    }

    public sealed class NetworkLearnerSaved : SavedStateContract
    {
        protected override int StatedBytes => 3 * 4 * (17 * 64 + 64 + 64 + 1) + 44;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            static readonly NetworkShape s_shape = new(17, 64);
            readonly NetworkLearner _learner = new(Network.Seeded(s_shape, new KeyedRandom(1, 1, 0)), new AdamOptions(),
                new LearnerScratch(s_shape, 4));

            public override int StateBytes => _learner.StateBytes;

            public override void Step(int step)
            {
                var targets = NetworkLearnerTests.Row((ulong)step + 7000, 4);
                if (step % 13 == 5) targets[1] = float.NaN; // a skipped step is counted
                _learner.Learn(NetworkLearnerTests.Row((ulong)step, 4 * 17), targets);
            }

            public override void Write(ref StateWriter writer) => _learner.Write(ref writer);

            public override void Read(ref StateReader reader) => _learner.Read(ref reader);
        }
    }

    public sealed class ConformalIntervalSaved : SavedStateContract
    {
        protected override int Steps => 800;

        protected override int StatedBytes => 16 + 4000 + 3 * 24;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly ConformalInterval _interval = new([0.8, 0.9, 0.95]);
            readonly BandKind[] _kinds = new BandKind[3];
            readonly bool[] _misses = new bool[3];

            public override int StateBytes => _interval.StateBytes;

            public override void Step(int step)
            {
                var score = Math.Floor(40 * new KeyedRandom(1, 1, (ulong)step).Uniform(0)) / 10;
                for (var level = 0; level < 3; level++)
                {
                    var band = _interval.Bounds(level, 1);
                    (_kinds[level], _misses[level]) = (band.Kind, score > band.HalfWidth);
                }

                _interval.Update(score, _kinds, _misses);
            }

            public override void Write(ref StateWriter writer) => _interval.Write(ref writer);

            public override void Read(ref StateReader reader) => _interval.Read(ref reader);
        }
    }

    public sealed class VolatilityScaleSaved : SavedStateContract
    {
        protected override int Steps => 400;

        protected override int StatedBytes => 17 + 8 * (4 + 5 + 15);

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly VolatilityScale _scale = new();

            public override int StateBytes => _scale.StateBytes;

            public override void Step(int step)
            {
                var random = new KeyedRandom(3, 3, (ulong)step);
                if (step % 50 == 49) _scale.Break();
                _scale.Step([-4 + random.Uniform(0), -4 + random.Uniform(1), -4 + random.Uniform(2), -random.Uniform(3)],
                    random.Uniform(4), 0.01);
            }

            public override void Write(ref StateWriter writer) => _scale.Write(ref writer);

            public override void Read(ref StateReader reader) => _scale.Read(ref reader);
        }
    }

    public sealed class DriftForecasterSaved : SavedStateContract
    {
        protected override int StatedBytes => 20;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly DriftForecaster _drift = new();

            public override int StateBytes => DriftForecaster.StateBytes;

            public override void Step(int step) => _drift.Add(new KeyedRandom(3, 3, (ulong)step).Uniform(0));

            public override void Write(ref StateWriter writer) => _drift.Write(ref writer);

            public override void Read(ref StateReader reader) => _drift.Read(ref reader);
        }
    }

    public sealed class PointScoresSaved : SavedStateContract
    {
        protected override int StatedBytes => 60;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly PointScores _scores = new();

            public override int StateBytes => PointScores.StateBytes;

            public override void Step(int step) =>
                _scores.Add(new KeyedRandom(3, 3, (ulong)step).Uniform(0) - 0.5, new KeyedRandom(3, 3, (ulong)step).Uniform(1) - 0.5);

            public override void Write(ref StateWriter writer) => _scores.Write(ref writer);

            public override void Read(ref StateReader reader) => _scores.Read(ref reader);
        }
    }

    public sealed class IntervalScoresSaved : SavedStateContract
    {
        protected override int StatedBytes => 44;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly IntervalScores _scores = new(0.9);

            public override int StateBytes => IntervalScores.StateBytes;

            public override void Step(int step) =>
                _scores.Add(-0.3, 0.3, (BandKind)(step % 4), new KeyedRandom(3, 3, (ulong)step).Uniform(0) - 0.5);

            public override void Write(ref StateWriter writer) => _scores.Write(ref writer);

            public override void Read(ref StateReader reader) => _scores.Read(ref reader);
        }
    }

    public sealed class RollingSumSaved : SavedStateContract
    {
        protected override int StatedBytes => 16 + 8 * 11;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly RollingSum _sum = new(10);

            public override int StateBytes => _sum.StateBytes;

            public override void Step(int step) => _sum.Add(new KeyedRandom(3, 3, (ulong)step).Uniform(0));

            public override void Write(ref StateWriter writer) => _sum.Write(ref writer);

            public override void Read(ref StateReader reader) => _sum.Read(ref reader);
        }
    }

    public sealed class BernsteinAggregateSaved : SavedStateContract
    {
        protected override int Steps => 600;

        protected override int StatedBytes => 32 + 5 * 56;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly BernsteinAggregate _aggregate = new(5);

            public override int StateBytes => _aggregate.StateBytes;

            public override void Step(int step)
            {
                var (forecasts, actual) = BernsteinAggregateTests.Round((ulong)step, 5, 3);
                _aggregate.Learn(forecasts, actual);
            }

            public override void Write(ref StateWriter writer) => _aggregate.Write(ref writer);

            public override void Read(ref StateReader reader) => _aggregate.Read(ref reader);
        }
    }

    public sealed class AdwinSaved : SavedStateContract
    {
        protected override int Steps => 700;

        protected override int StatedBytes => 8 + 16 + 32 + 32 * 4 + 2 * 32 * 6 * 8;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly Adwin _adwin = new();

            public override int StateBytes => _adwin.StateBytes;

            public override void Step(int step)
            {
                _adwin.Update(new KeyedRandom(3, 3, (ulong)step).Uniform(0) + (step > 500 ? 2 : 0));
            }

            public override void Write(ref StateWriter writer) => _adwin.Write(ref writer);

            public override void Read(ref StateReader reader) => _adwin.Read(ref reader);
        }
    }

    public sealed class PageHinkleySaved : SavedStateContract
    {
        protected override int Steps => 700;

        protected override int StatedBytes => 20 + 56 + 16;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly PageHinkley _test = new();

            public override int StateBytes => _test.StateBytes;

            public override void Step(int step)
            {
                _test.Update(new KeyedRandom(3, 3, (ulong)step).Uniform(0) + (step > 500 ? 2 : 0));
            }

            public override void Write(ref StateWriter writer) => _test.Write(ref writer);

            public override void Read(ref StateReader reader) => _test.Read(ref reader);
        }
    }

    public sealed class EProcessSaved : SavedStateContract
    {
        protected override int StatedBytes => 44;

        protected override SavedState New() => new Saved();

        sealed class Saved : SavedState
        {
            readonly EProcess _process = new();

            public override int StateBytes => EProcess.StateBytes;

            public override void Step(int step) => _process.Add(new KeyedRandom(3, 3, (ulong)step).Uniform(0) - 0.4);

            public override void Write(ref StateWriter writer) => _process.Write(ref writer);

            public override void Read(ref StateReader reader) => _process.Read(ref reader);
        }
    }
}
