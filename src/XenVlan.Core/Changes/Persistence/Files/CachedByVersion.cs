namespace XenVlan.Changes.Persistence.Files;

/// <summary>Something made of the files so far, made anew only after one changed.</summary>
internal sealed class CachedByVersion<T>(FilePlanBuilder planning, Func<T> make)
    where T : class
{
    private T? _value;
    private int _version;

    /// <summary>It, as the files are now.</summary>
    public T Value
    {
        get
        {
            if (_value is null || _version != planning.Version)
            {
                _value = make();
                _version = planning.Version;
            }

            return _value;
        }
    }
}
