namespace Kafka.Stock.Learning;

/// <summary>What one Adam step multiplies with, worked out once for all weights.</summary>
readonly record struct AdamRates(
    float GradientFactor, float Beta1, float Beta2, float Rest1, float Rest2, float RootFactor, float Epsilon, float Rate);
