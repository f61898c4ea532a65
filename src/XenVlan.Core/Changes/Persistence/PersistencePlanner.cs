using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Plans what makes changes last beyond the next boot.</summary>
public static class PersistencePlanner
{
    /// <summary>Plans the files to write.</summary>
    /// <param name="plan">What is changed while the host runs; its steps may be none.</param>
    /// <param name="configuration">The host's files.</param>
    /// <returns>The files, and what the user should know.</returns>
    /// <exception cref="XenVlanException">
    /// <see cref="ErrorIds.ConfigurationConflict"/>: several managers claim the same interface;
    /// <see cref="ErrorIds.ConfigurationInvalid"/>: a file has a syntax error, named with its line;
    /// <see cref="ErrorIds.ConfigurationUnreadable"/>: a file could not be read;
    /// <see cref="ErrorIds.NotSupported"/>: what manages the host cannot hold it.
    /// </exception>
    public static (IReadOnlyList<FileChange> Files, IReadOnlyList<string> Notes) Plan(ChangePlan plan, HostConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(configuration);
        var planning = new PersistentPlanning(plan.After, configuration);
        NetworkPersistence.Plan(planning, plan);
        DomainPersistence.Plan(planning, plan);
        return (planning.Changes, planning.Notes);
    }
}
