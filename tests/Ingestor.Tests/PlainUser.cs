using System.Runtime.InteropServices;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>Until it is disposed this thread sees files as a user without rights of its own does, also where root runs the tests.</summary>
/// <remarks>setfsuid(2): of the thread alone, so what is tried has to stay on it.</remarks>
sealed class PlainUser : IDisposable
{
    const uint Root = 0, Nobody = 65_534;

    PlainUser() => _ = SetFileUser(Nobody);

    /// <summary>Null where the tests' own user is a plain one.</summary>
    /// <exception cref="SkipException">Root runs them, and the system doesn't let a thread be somebody else.</exception>
    public static PlainUser? OrNull()
    {
        if (!Environment.IsPrivilegedProcess) return null;
        Skip.IfNot(OperatingSystem.IsLinux(), "who may read everything can't be refused");
        return new PlainUser();
    }

    public void Dispose() => _ = SetFileUser(Root);

    [DllImport("libc", EntryPoint = "setfsuid", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int SetFileUser(uint user);
}
