using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Settings of a native client, until the client takes them over.</summary>
sealed unsafe class NativeConf : IDisposable
{
    const int ErrorBytes = 512;

    nint _conf = NativeMethods.ConfNew();

    /// <summary>Null when the property is known and the value fits; else what the library says about it, without the value of a
    /// secret.</summary>
    public string? TrySet(string name, string value)
    {
        Span<byte> error = stackalloc byte[ErrorBytes];
        fixed (byte* text = error)
        {
            if (NativeMethods.ConfSet(_conf, name, value, text, ErrorBytes) == 0) return null;
        }

        return SecretNames.IsSecret(name) ? "a value that the client refuses (hidden)" : NativeMethods.Text(error);
    }

    /// <summary>Sets a property.</summary>
    /// <exception cref="ConfigurationException">It is unknown, or the value doesn't fit.</exception>
    public void Set(string name, string value)
    {
        if (TrySet(name, value) is not { } complaint) return;
        throw new ConfigurationException($"client property {name}", complaint, "a property of librdkafka");
    }

    /// <summary>The value in force, by default or by setting.</summary>
    public string Get(string name)
    {
        Span<byte> value = stackalloc byte[4096];
        var size = (nuint)value.Length;
        fixed (byte* text = value)
        {
            return NativeMethods.ConfGet(_conf, name, text, &size) == 0 ? NativeMethods.Text(value) : "";
        }
    }

    /// <summary>Who gets delivery reports (only those of failures), errors, and which object they are told.</summary>
    public void SetCallbacks(
        delegate* unmanaged[Cdecl]<nint, NativeMessage*, nint, void> delivered,
        delegate* unmanaged[Cdecl]<nint, int, byte*, nint, void> error, nint opaque)
    {
        NativeMethods.ConfSetOpaque(_conf, opaque);
        NativeMethods.ConfSetDeliveryCallback(_conf, delivered);
        NativeMethods.ConfSetErrorCallback(_conf, error);
    }

    /// <summary>Makes a producer, which owns the settings from then on.</summary>
    /// <exception cref="ConfigurationException">The settings contradict each other.</exception>
    public nint NewProducer()
    {
        NativeMethods.ConfSetLogCallback(_conf, 0);
        Span<byte> error = stackalloc byte[ErrorBytes];
        nint client;
        fixed (byte* text = error)
        {
            client = NativeMethods.New(NativeMethods.Producer, _conf, text, ErrorBytes);
        }

        if (client == 0)
        {
            throw new ConfigurationException("client properties of the producer", NativeMethods.Text(error), "properties that go together");
        }

        _conf = 0;
        return client;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_conf != 0) NativeMethods.ConfDestroy(_conf);
        _conf = 0;
    }
}
