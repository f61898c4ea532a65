using XenVlan.Changes.Desired;
using XenVlan.Changes.Persistence.Domains;
using XenVlan.Changes.Persistence.Files;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Persistence;

/// <summary>Plans what makes changes last beyond the next boot.</summary>
public static class PersistencePlanner
{
    /// <summary>Gives a plan the scope a user asked for.</summary>
    /// <param name="plan">What is changed while the host runs.</param>
    /// <param name="scope">How far it is to go.</param>
    /// <param name="connection">The host, whose files are read unless only what runs is changed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The plan with the files to write, without its steps where only they are to change.</returns>
    /// <exception cref="XenVlanException">As <see cref="Plan"/>, and all errors of <see cref="IHostConnection.RunAsync"/>.</exception>
    public static async Task<ChangePlan> WithScopeAsync(
        ChangePlan plan,
        ChangeScope scope,
        IHostConnection connection,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (scope is ChangeScope.Running || plan.Changes.Count == 0)
            return plan with { NotThere = NotThere(plan, null) };

        var configuration = await HostConfigurationReader.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var (files, notes) = Plan(plan, configuration);
        if (plan.Steps.Count + files.Count > 0 && plan.Changes.Any(c => c is VlanInterfacePresent or VlanInterfaceAbsent))
        {
            configuration = configuration with
            {
                ScriptLines = await ScriptLinesReader.ReadAsync(connection, cancellationToken).ConfigureAwait(false),
            };
            (files, notes) = Plan(plan, configuration);
        }

        var lasting = plan with { Files = files, Notes = [.. plan.Notes, .. notes], NotThere = NotThere(plan, configuration) };
        return scope is ChangeScope.Persistent ? lasting with { Steps = [], Changes = [], After = plan.Before } : lasting;
    }

    /// <summary>The VLAN interfaces that are to go, and are not there.</summary>
    /// <param name="plan">What is changed while the host runs.</param>
    /// <param name="configuration">The host's files; null where they do not matter.</param>
    internal static IReadOnlyList<InterfaceName> NotThere(ChangePlan plan, HostConfiguration? configuration)
    {
        return
        [
            .. plan
                .Changes.OfType<VlanInterfaceAbsent>()
                .Where(c => plan.Before.FindInterface(c.Name.Value) is null && !IsConfigured(c))
                .Select(c => c.Name),
        ];

        // The files of the whole plan do not tell which of them are for this one.
        bool IsConfigured(VlanInterfaceAbsent change) =>
            configuration is not null && Plan(ChangePlan.Make(plan.Before, [change]), configuration).Files.Count > 0;
    }

    /// <summary>Says more of a refusal: in which file of the host what was asked for would be made to last.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="scope">How far the change was to go; no file is read where only what runs was to change.</param>
    /// <param name="connection">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The refusal to show.</returns>
    /// <exception cref="XenVlanException">All errors of <see cref="IHostConnection.RunAsync"/>.</exception>
    public static async Task<XenVlanException> ExplainAsync(
        OpenVSwitchNicException refusal,
        ChangeScope scope,
        IHostConnection connection,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(refusal);
        if (scope is ChangeScope.Running)
            return refusal;
        var configuration = await HostConfigurationReader.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        return OpenVSwitchNics.Explain(refusal, configuration);
    }

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
        var planning = new FilePlanBuilder(plan.After, configuration);
        NetworkPersistence.Plan(planning, plan, configuration.ScriptLines);
        DomainPersistence.Plan(planning, plan);
        return (planning.Changes, planning.Notes);
    }
}
