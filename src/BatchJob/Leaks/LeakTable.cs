using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Each known mistake of hand-made systems beside the honest way, on the same rows.</summary>
public sealed class LeakTable
{
    /// <summary>Below this a MASE on real daily bars is a leak until shown otherwise.</summary>
    public const double SuspiciousMase = 0.99;

    /// <summary>Data of a row of the table: real bars.</summary>
    public const string RealData = "real";

    /// <summary>Real bars with flipped days, each move of which repeats three tenths of the last.</summary>
    public const string MemoryData = "planted memory";

    /// <summary>Real bars with flipped days, each move of which takes back 15 % of the distance from the mean of 30 closes.</summary>
    public const string RevertingData = "planted reversion";

    const double Ridge = 1_000;
    const double PlantedMemory = 0.3;
    const double PlantedPull = 0.15;
    const int NoiseFeatures = 200;
    const int FewRows = 600;

    readonly LeakRows _real;
    readonly LeakRows _planted;
    readonly LeakRows _reverting;

    LeakTable(LeakRows real, LeakRows planted, LeakRows reverting) => (_real, _planted, _reverting) = (real, planted, reverting);

    /// <summary>Measures all of them.</summary>
    /// <param name="bars">Daily bars in the order of event time.</param>
    /// <exception cref="BrokenInputException">There are too few.</exception>
    public static IReadOnlyList<LeakResult> Of(IReadOnlyList<SourceBar> bars)
    {
        var calendar = new SimulationOptions().Topology.Calendar;
        var planted = FlippedBars.Of(bars, seed: 1, PlantedMemory, calendar);
        var reverting = FlippedBars.Of(bars, seed: 1, memory: 0, calendar, PlantedPull);
        return new LeakTable(LeakRows.Of(bars), LeakRows.Of(planted), LeakRows.Of(reverting)).All();
    }

    IReadOnlyList<LeakResult> All() =>
    [
        AverageOfTheTarget(), MissingShift(), ScalerOnAllRows(), ScoredOnTrainingRows(), OrphanParameters(), CheckpointNeverWritten(),
        ExpForExpm1(), OtherFeaturesInServing(), MeanOverFourRows(), LastWeightsKept(), UniformRecency(),
    ];

    LeakResult AverageOfTheTarget()
    {
        var weights = Fit(_real.Train, row => [.. row.Features, row.NextAverage]);
        return new(
            "average-of-the-target", "skill", Skill(_real.Test, row => LinearFit.Predict(weights, [.. row.Features, row.NextAverage])),
            Skill(_real.Test, row => LinearFit.Predict(weights, [.. row.Features, row.Average])), HonestSkill(_real), RealData,
            "a feature averages the prices of the very bar whose close is forecast; in use there is only the bar before");
    }

    LeakResult MissingShift()
    {
        var weights = LinearFit.Of([.. _real.Train.Select(row => row.Features)], [.. _real.Train.Select(row => row.Move)], Ridge);
        double Predict(LeakRow row) => LinearFit.Predict(weights, row.Features);
        return new(
            "missing-shift", "skill", Skill(_real.Test, Predict, row => row.Move), Skill(_real.Test, Predict), HonestSkill(_real), RealData,
            "the target is the row's own close, which its features know already");
    }

    LeakResult ScalerOnAllRows()
    {
        var (train, test) = (QuarterRow.Of(_real.Train), QuarterRow.Of(_real.Test));
        var flattered = Line(row => row.ToMeanOfAll);
        var honest = Line(row => row.ToMeanSoFar);
        return new(
            "scaler-on-all-rows", "skill", Shown(flattered, row => row.ToMeanOfAll), Shown(flattered, row => row.ToMeanSoFar),
            Shown(honest, row => row.ToMeanSoFar), RealData,
            "each quarter's prices are centred by the mean of all its rows: every price tells where the rest of them lies");

        double[] Line(Func<QuarterRow, double> level) =>
            LinearFit.Of([.. train.Select(row => (double[])[level(row)])], [.. train.Select(row => row.Target)], Ridge);

        double Shown(double[] weights, Func<QuarterRow, double> level) =>
            1 - (test.Sum(row => Math.Abs(row.Target - (weights[0] * level(row)))) / test.Sum(row => Math.Abs(row.Target)));
    }

    LeakResult ScoredOnTrainingRows()
    {
        var few = _real.Train.Take(FewRows).ToList();
        var weights = LinearFit.Of([.. few.Select(Noisy)], [.. few.Select(row => row.Target)], 1);
        double Predict(LeakRow row) => LinearFit.Predict(weights, Noisy(row));
        return new(
            "scored-on-training-rows", "skill", Skill(few, Predict), Skill(_real.Test, Predict), HonestSkill(_real), RealData,
            "a model with as many freedoms as it likes is scored on the rows that it was fitted on");
    }

    LeakResult OrphanParameters()
    {
        var (trained, seeded) = Networks();
        return new(
            "orphan-parameters", "skill", trained, seeded, trained, MemoryData,
            "the optimiser moves a copy of the weights: its loss falls, and the network that forecasts never changes");
    }

    LeakResult CheckpointNeverWritten()
    {
        var (trained, seeded) = Networks();
        return new(
            "checkpoint-never-written", "skill", trained, seeded, trained, MemoryData,
            "the trained model lives in one process: what serves after a restart is a fresh one");
    }

    LeakResult ExpForExpm1()
    {
        var weights = HonestFit(_real);
        double Close(LeakRow row) => row.Close * PortableMath.Exp(LinearFit.Predict(weights, row.Features) * row.Scale);
        var naiveLogs = _real.Test.Sum(row => Math.Abs(Log1p(row.NextClose) - Log1p(row.Close)));
        var naive = _real.Test.Sum(row => Math.Abs(row.NextClose - row.Close));
        return new(
            "exp-for-expm1", "skill", 1 - (_real.Test.Sum(row => Math.Abs(Log1p(row.NextClose) - Log1p(Close(row)))) / naiveLogs),
            1 - (_real.Test.Sum(row => Math.Abs(row.NextClose - (PortableMath.Exp(Log1p(Close(row)))))) / naive),
            1 - (_real.Test.Sum(row => Math.Abs(row.NextClose - Close(row))) / naive), RealData,
            "log1p of the close is forecast and scored; exp brings it back, a dollar too high");
    }

    LeakResult OtherFeaturesInServing()
    {
        var weights = HonestFit(_planted);
        return new(
            "other-features-in-serving", "skill", HonestSkill(_planted),
            Skill(_planted.Test, row => LinearFit.Predict(weights, [.. row.Features.Select(feature => 100 * feature * row.Scale)])),
            HonestSkill(_planted), MemoryData, "training divides by the scale, serving hands over percent");
    }

    LeakResult MeanOverFourRows()
    {
        const int ToMean = 12;
        var weights = Fit(_reverting.Train, row => [row.Features[0], row.Features[ToMean]]);
        double Served(double toMean, LeakRow row) => LinearFit.Predict(weights, [row.Features[0], Math.Clamp(toMean, -4, 4)]);
        var honest = Skill(_reverting.Test, row => Served(row.Features[ToMean], row));
        return new(
            "mean-over-four-rows", "skill", honest, Skill(_reverting.Test, row => Served(row.ToMean4, row)), honest, RevertingData,
            "a mean of 30 bars is taken over the four rows of a micro-batch when serving");
    }

    LeakResult LastWeightsKept()
    {
        var few = _real.Train.Take(FewRows).ToList();
        var later = _real.Train.Skip(FewRows).Take(2 * FewRows).ToList();
        var descent = new Descent(few, Noisy);
        var (best, bestSkill) = (descent.Weights, double.NegativeInfinity);
        for (var epoch = 0; epoch < 300; epoch++)
        {
            descent.Step();
            var weights = descent.Weights;
            var skill = Skill(later, row => LinearFit.Predict(weights, Noisy(row)));
            if (skill > bestSkill) (best, bestSkill) = (weights, skill);
        }

        var last = descent.Weights;
        return new(
            "last-weights-kept", "skill", bestSkill, Skill(_real.Test, row => LinearFit.Predict(last, Noisy(row))),
            Skill(_real.Test, row => LinearFit.Predict(best, Noisy(row))), RealData,
            "early stopping reports the best epoch and keeps the weights of the last");
    }

    static LeakResult UniformRecency()
    {
        const double Lambda = 0.01;
        const int Rows = 300;
        var (weight, age) = (0.0, 0.0);
        for (var i = 0; i < Rows; i++)
        {
            var p = PortableMath.Exp(-Lambda * i);
            (weight, age) = (weight + p, age + (p * i));
        }

        return new(
            "uniform-recency", "mean age, rows", age / weight, (Rows - 1) / 2.0, MeanAgeDrawn(Lambda, Rows), RealData,
            "past rows are said to be drawn by recency and are drawn alike");
    }

    static double MeanAgeDrawn(double lambda, int rows)
    {
        const int Draws = 5_000;
        Span<int> ages = stackalloc int[3];
        var sum = 0.0;
        for (var draw = 0UL; draw < Draws; draw++)
        {
            var count = ReplaySampler.Draw(new KeyedRandom(1, 2, draw), rows, ages.Length, lambda, ages);
            for (var i = 0; i < count; i++) sum += ages[i];
        }

        return sum / (3 * Draws);
    }

    /// <summary>Skill of a network trained on planted rows, and of one that nobody trained.</summary>
    (double Trained, double Seeded) Networks()
    {
        var pipeline = FeaturePipeline.PriceV1;
        float[] features = [.. _planted.Train.SelectMany(row => row.Features.Select(feature => (float)feature))];
        float[] targets = [.. _planted.Train.Select(row => (float)row.Target)];
        var random = new KeyedRandom(1, 2, 3);
        var trained = new BatchTrainer(TrainingRecipe.Default with { TrainRowsMax = int.MaxValue }, pipeline)
            .Train(features, targets, random, 1).Learner;
        var seeded = Network.Seeded(new NetworkShape(pipeline.Width, 64), random);
        return (
            Skill(_planted.Test, row => trained.Predict(Floats(row))),
            Skill(_planted.Test, row => seeded.Predict(Floats(row))));
    }

    static float[] Floats(LeakRow row) => [.. row.Features.Select(feature => (float)feature)];

    static double HonestSkill(LeakRows rows)
    {
        var weights = HonestFit(rows);
        return Skill(rows.Test, row => LinearFit.Predict(weights, row.Features));
    }

    static double[] HonestFit(LeakRows rows) => Fit(rows.Train, row => row.Features);

    static double[] Fit(IReadOnlyList<LeakRow> rows, Func<LeakRow, double[]> features) =>
        LinearFit.Of([.. rows.Select(features)], [.. rows.Select(row => row.Target)], Ridge);

    static double Skill(IReadOnlyList<LeakRow> rows, Func<LeakRow, double> predict, Func<LeakRow, double>? target = null)
    {
        target ??= row => row.Target;
        return 1 - (rows.Sum(row => Math.Abs(target(row) - predict(row))) / rows.Sum(row => Math.Abs(target(row))));
    }

    static double Log1p(double value) => PortableMath.Log(1 + value);

    /// <summary>The features bent by random planes: many, and none of them means anything.</summary>
    static double[] Noisy(LeakRow row)
    {
        var noisy = new double[NoiseFeatures];
        for (var j = 0; j < NoiseFeatures; j++)
        {
            var random = new KeyedRandom(7, (ulong)j, 0);
            var sum = random.Uniform(1_000) - 0.5;
            for (var i = 0; i < row.Features.Length; i++) sum += row.Features[i] * (random.Uniform((uint)i) - 0.5);
            noisy[j] = Math.Max(0, sum);
        }

        return noisy;
    }
}
