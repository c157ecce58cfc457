namespace Kafka.Stock.Lakehouse;

/// <summary>The methods of <see cref="IObjectStore"/>.</summary>
public enum StoreOperation
{
    /// <summary><see cref="IObjectStore.GetAsync"/>.</summary>
    Get,

    /// <summary><see cref="IObjectStore.GetRangeAsync"/>.</summary>
    GetRange,

    /// <summary><see cref="IObjectStore.HeadAsync"/>.</summary>
    Head,

    /// <summary><see cref="IObjectStore.PutAsync"/>.</summary>
    Put,

    /// <summary><see cref="IObjectStore.PutIfAbsentAsync"/>.</summary>
    PutIfAbsent,

    /// <summary><see cref="IObjectStore.ListAsync"/>; its key is the prefix.</summary>
    List,

    /// <summary><see cref="IObjectStore.DeleteAsync"/>.</summary>
    Delete,

    /// <summary><see cref="IObjectStore.UploadAsync"/>.</summary>
    Upload,

    /// <summary><see cref="IObjectStore.LocalFileAsync"/>.</summary>
    LocalFile,
}
