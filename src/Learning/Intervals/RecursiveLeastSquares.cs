namespace Kafka.Stock.Learning;

/// <summary>Least squares with forgetting, one row at a time: coefficients b and their covariance P, in a fixed order of
/// additions.</summary>
/// <remarks>Starts at b = 0 and P = p0 I. Forgetting divides P, but never beyond p0 on its diagonal: a regressor that stands still
/// would otherwise wind it up (Ljung and Soderstrom 1983, chapter 5).</remarks>
sealed class RecursiveLeastSquares
{
    readonly int _size;
    readonly double _forgetting;
    readonly double _prior;
    readonly double[] _coefficients;
    readonly double[] _covariance;
    readonly double[] _gain;

    public RecursiveLeastSquares(int size, double forgetting, double prior)
    {
        _size = size;
        _forgetting = forgetting;
        _prior = prior;
        _coefficients = new double[size];
        _covariance = new double[size * size];
        _gain = new double[size];
        for (var i = 0; i < size; i++) _covariance[i * size + i] = prior;
    }

    public int StateBytes => (_size + _size * (_size + 1) / 2) * sizeof(double);

    public ReadOnlySpan<double> Coefficients => _coefficients;

    public double Predict(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        for (var i = 0; i < _size; i++) sum = Math.FusedMultiplyAdd(_coefficients[i], row[i], sum);
        return sum;
    }

    public void Learn(ReadOnlySpan<double> row, double label)
    {
        var spread = _forgetting;
        for (var i = 0; i < _size; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _size; j++) sum = Math.FusedMultiplyAdd(_covariance[i * _size + j], row[j], sum);
            _gain[i] = sum;
            spread = Math.FusedMultiplyAdd(row[i], sum, spread);
        }

        var error = label - Predict(row);
        for (var i = 0; i < _size; i++) _coefficients[i] += _gain[i] / spread * error;
        for (var i = 0; i < _size; i++)
        {
            for (var j = i; j < _size; j++) Set(i, j, _covariance[i * _size + j] - _gain[i] * _gain[j] / spread);
        }

        Forget();
    }

    public void Write(ref StateWriter writer)
    {
        writer.Doubles(_coefficients);
        for (var i = 0; i < _size; i++) writer.Doubles(_covariance.AsSpan(i * _size + i, _size - i));
    }

    public void Read(ref StateReader reader)
    {
        reader.Doubles(_coefficients);
        for (var i = 0; i < _size; i++)
        {
            for (var j = i; j < _size; j++) Set(i, j, reader.Double());
        }
    }

    void Forget()
    {
        for (var i = 0; i < _size; i++)
        {
            if (_covariance[i * _size + i] > _prior * _forgetting) return;
        }

        for (var i = 0; i < _covariance.Length; i++) _covariance[i] /= _forgetting;
    }

    void Set(int row, int column, double value)
    {
        _covariance[row * _size + column] = value;
        _covariance[column * _size + row] = value;
    }
}
