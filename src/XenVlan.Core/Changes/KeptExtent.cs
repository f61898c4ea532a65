namespace XenVlan.Changes;

/// <summary>How much of an interface is kept before a step.</summary>
public enum KeptExtent
{
    /// <summary>Its addresses, and the routes through it.</summary>
    Addresses,

    /// <summary>These, and its settings as a port of its bridge.</summary>
    Port,

    /// <summary>These, and its sysctls.</summary>
    Link,
}
