namespace Kafka.Stock.Trainer;

/// <summary>
/// What readers on other threads see of a series' model while it learns: whole models only, without a lock on either side.
/// </summary>
/// <remarks>
/// An immutable copy is swapped in by one write of a reference after each bar, from the first bar after <see cref="Read"/> was first called
/// on. A series that nobody asks for costs one read of a field a bar, and no memory.
/// </remarks>
public sealed class ModelWindow
{
    volatile ServedModel? _model;
    volatile bool _isOpen;

    /// <summary>The model after the last bar; null before the first bar that follows the first call. Safe for any number of
    /// threads.</summary>
    public ServedModel? Read()
    {
        _isOpen = true;
        return _model;
    }

    /// <summary>Somebody reads. For the learning thread.</summary>
    internal bool IsOpen => _isOpen;

    /// <summary>Swaps a copy in. For the learning thread.</summary>
    internal void Publish(ServedModel model) => _model = model;
}
