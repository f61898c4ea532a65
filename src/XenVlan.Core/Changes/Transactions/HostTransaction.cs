using System.Diagnostics;
using XenVlan.Discovery;
using XenVlan.Hosts;
using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>
/// One transaction on one host, as the client sees it. The host carries it out by itself; the client begins it, looks
/// over a new connection whether the host is as wanted, and confirms.
/// </summary>
internal sealed class HostTransaction
{
    // A follower says at least every second or so that it is alive.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Undoing = TimeSpan.FromSeconds(30);

    private readonly HostRoute _route;
    private readonly ChangePlan? _plan;
    private readonly TransactionOptions _options;
    private readonly TransactionNews _news;
    private readonly string _id;
    private long _armedAt;
    private bool _isReached;
    private TimeSpan _reconnect = Reconnect;

    private HostTransaction(HostRoute route, ChangePlan? plan, string id, TransactionOptions options)
    {
        _route = route;
        _plan = plan;
        _options = options;
        _id = id;
        _news = new TransactionNews(route.Target.Name, plan, options);
    }

    /// <summary>Its name on the host.</summary>
    public string Id => _news.Id ?? _id;

    /// <summary>What became of it so far.</summary>
    public TransactionState State => _news.State.State;

    private string Host => DisplayText.Quote(_route.Target.Name);

    private TimeSpan Left => _options.ConfirmTimeout - Stopwatch.GetElapsedTime(_armedAt);

    /// <summary>Begins a plan's transaction, and waits until it is armed, or with no rollback confirmed.</summary>
    /// <param name="route">The host.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops waiting; the host is told to undo what was done.</param>
    /// <returns>The transaction.</returns>
    public static async Task<HostTransaction> BeginAsync(HostRoute route, ChangePlan plan, TransactionOptions options, CancellationToken cancellationToken)
    {
        var transaction = new HostTransaction(route, plan, TransactionScripts.NewId(), options);
        await transaction.StartAsync(TransactionScripts.Begin(plan, transaction.Id, options, transaction._news.Mark), cancellationToken).ConfigureAwait(false);
        return transaction;
    }

    /// <summary>Begins to take a confirmed transaction back.</summary>
    /// <param name="route">The host.</param>
    /// <param name="reverted">The one to take back; empty for the last.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The transaction that does.</returns>
    public static async Task<HostTransaction> BeginRevertAsync(HostRoute route, string reverted, TransactionOptions options, CancellationToken cancellationToken)
    {
        var transaction = new HostTransaction(route, null, TransactionScripts.NewId(), options);
        await transaction.StartAsync(TransactionScripts.Revert(reverted, transaction.Id, options, transaction._news.Mark), cancellationToken).ConfigureAwait(false);
        return transaction;
    }

    /// <summary>A transaction that somebody began.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name.</param>
    /// <param name="options">Who wants to know.</param>
    /// <returns>The transaction.</returns>
    public static HostTransaction Existing(HostRoute route, string id, TransactionOptions options) => new(route, null, id, options);

    /// <summary>Reads the host over a new connection, and sees whether it is as wanted.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The host.</returns>
    public async Task<HostSnapshot> CheckAsync(CancellationToken cancellationToken)
    {
        var after = await WhileArmedAsync(connection => HostReader.ReadAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        _isReached = true;
        if (_plan is { } plan)
        {
            var missing = ChangePlan.Make(after, plan.Changes).Steps;
            if (missing.Count > 0)
            {
                var what = string.Join("; ", missing.Select(s => s.Description));
                if (State is TransactionState.Armed)
                    await RollBackAsync($"the host does not show: {what}", cancellationToken).ConfigureAwait(false);

                // A host that could be reached again only then has undone it by itself meanwhile.
                if (_news.State is (TransactionState.RolledBack, var reason) && reason.StartsWith("nobody confirmed", StringComparison.Ordinal))
                    throw Failure();
                throw new XenVlanException(
                    ErrorIds.ChangeNotVisible,
                    $"All {plan.Steps.Count} steps on host {Host} succeeded, but it does not show what was asked for{(State is TransactionState.RolledBack ? ", so they were undone" : "")}. Still missing: {what}. Something else on the host may be changing the same interfaces.",
                    plan.HostName);
            }
        }

        return after;
    }

    /// <summary>Confirms it over a new connection, and waits for its end.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that fails when the host did not keep the change.</returns>
    public async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        if (State is TransactionState.Confirmed)
            return;
        _ = await WhileArmedAsync(connection => DecideAsync(connection, "confirm", "", cancellationToken), cancellationToken).ConfigureAwait(false);
        if (State is not TransactionState.Confirmed)
            throw Failure();
    }

    /// <summary>Tells the host to take it back, and waits until it has.</summary>
    /// <param name="why">Why, in words.</param>
    /// <param name="cancellationToken">Stops waiting; the host goes on.</param>
    /// <returns>A task that ends when it is over.</returns>
    public async Task RollBackAsync(string why, CancellationToken cancellationToken)
    {
        if (State is TransactionState.RolledBack)
            return;
        var connection = ConnectAnew();
        await using (connection.ConfigureAwait(false))
            _ = await DecideAsync(connection, "rollback", why, cancellationToken).ConfigureAwait(false);
        if (State is not (TransactionState.RolledBack or TransactionState.Interrupted))
            throw Failure();
    }

    /// <summary>Says why a host did not begin or decide.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="refused">What it said: a word, a colon and a text.</param>
    /// <returns>The error.</returns>
    internal static XenVlanException Refusal(string hostName, string refused)
    {
        var (word, text) = refused.Split(": ", 2) is [var w, var t] ? (w, t) : ("", refused);
        var host = DisplayText.Quote(hostName);
        return word switch
        {
            "busy" => new XenVlanException(ErrorIds.HostBusy, $"Host {host} is being changed by {text}. Nothing was changed. Wait for its end, or see it with Get-XenTransaction (xenvlan transaction list).", hostName),
            "stale" => new XenVlanException(ErrorIds.Conflict, $"Host {host} was not changed: {text}. Run it again.", hostName),
            "changed" => new XenVlanException(ErrorIds.ConfigurationConflict, $"{text} of host {host} is not as it was when this was planned: somebody changed it since. Nothing was changed.", hostName),
            "none" => new XenVlanException(ErrorIds.TransactionNotFound, $"Host {host}: {text}.", hostName),
            "root" => new XenVlanException(ErrorIds.ChangeFailed, $"Host {host} was not changed: {text}. Log in as root.", hostName),
            _ => new XenVlanException(ErrorIds.ChangeFailed, $"Host {host} was not changed: {text}.", hostName),
        };
    }

    private async Task StartAsync(ShellScript script, CancellationToken cancellationToken)
    {
        // A change that is half read is worse than one that was not asked for.
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await ListenAsync(_route.Connect, script, cancellationToken).ConfigureAwait(false);
        }
        catch (XenVlanException e) when (e.ErrorId is ErrorIds.ConnectionLost or ErrorIds.HostTimeout)
        {
            await FindAgainAsync(e, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await TryRollBackAsync().ConfigureAwait(false);
            throw;
        }

        if (_news.Refused is { } refused)
            throw Refusal(_route.Target.Name, refused);
        if (State is not (TransactionState.Armed or TransactionState.Confirmed))
            throw Failure();
        _armedAt = Stopwatch.GetTimestamp();
    }

    // The connection went, which may be what the change did. The host goes on by itself.
    private async Task FindAgainAsync(XenVlanException lost, CancellationToken cancellationToken)
    {
        _options.OnWarning?.Invoke(_route.Target.Name, "The connection was lost while the change was made; connecting again.");
        var began = Stopwatch.GetTimestamp();
        var limit = _options.ConfirmTimeout + Undoing;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await ListenAsync(() => ConnectAnew(), TransactionScripts.Follow(Id, "armed", _news.Seen, _news.Mark), cancellationToken).ConfigureAwait(false);
                if (_news.Refused is not null)
                    throw new XenVlanException(lost.ErrorId, $"{lost.Message} Nothing was changed.", lost.Target, lost);
                return;
            }
            catch (XenVlanException e) when (IsUnreachable(e) && Stopwatch.GetElapsedTime(began) < limit)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            }
            catch (XenVlanException e) when (IsUnreachable(e))
            {
                throw NotConfirmed($"it could not be reached again: {e.Message}", e);
            }
        }
    }

    private async Task<T> WhileArmedAsync<T>(Func<IHostConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // What was reached since the last step over a new connection is kept for the next question.
                var connection = _isReached ? _route.Connect() : ConnectAnew();
                await using (connection.ConfigureAwait(false))
                    return await ask(connection).ConfigureAwait(false);
            }
            catch (XenVlanException e) when (IsUnreachable(e) && State is TransactionState.Armed)
            {
                _isReached = false;
                if (Left <= TimeSpan.Zero)
                {
                    await HearTheEndAsync(e, cancellationToken).ConfigureAwait(false);
                    throw Failure();
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                await TryRollBackAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    // The time for confirming is over, so the host undoes the change; then it can be reached again.
    private async Task HearTheEndAsync(XenVlanException cause, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await ListenAsync(() => ConnectAnew(), TransactionScripts.Follow(Id, "over", _news.Seen, _news.Mark), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (XenVlanException e) when (IsUnreachable(e))
            {
                if (Stopwatch.GetElapsedTime(began) > Undoing)
                    throw NotConfirmed($"it could not be reached: {cause.Message}", e);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TryRollBackAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await RollBackAsync("it was stopped", patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is XenVlanException or OperationCanceledException)
        {
            _options.OnWarning?.Invoke(_route.Target.Name, $"The host could not be told to undo the change; it does so by itself within {_options.ConfirmTimeout.TotalSeconds:0} seconds.");
        }
    }

    // A host that is only slow is reached in the end: each attempt is given more time than the one before.
    private IHostConnection ConnectAnew()
    {
        var limit = _reconnect;
        _reconnect = TimeSpan.FromTicks(Math.Min((_reconnect + Reconnect).Ticks, LongestReconnect.Ticks));
        return _route.ConnectAnew(limit);
    }

    private async Task<bool> DecideAsync(IHostConnection connection, string decision, string why, CancellationToken cancellationToken)
    {
        await ListenAsync(connection, TransactionScripts.Decide(Id, decision, why, _news.Seen, _news.Mark), cancellationToken).ConfigureAwait(false);
        return _news.Refused is { } refused ? throw Refusal(_route.Target.Name, refused) : true;
    }

    private async Task ListenAsync(Func<IHostConnection> connect, ShellScript script, CancellationToken cancellationToken)
    {
        var connection = connect();
        await using (connection.ConfigureAwait(false))
            await ListenAsync(connection, script, cancellationToken).ConfigureAwait(false);
    }

    private Task<ScriptResult> ListenAsync(IHostConnection connection, ShellScript script, CancellationToken cancellationToken) =>
        connection.RunAsync(script, ScriptOptions.Changing with { OnLine = _news.Hear, Silence = Silence, Timeout = TimeSpan.FromMinutes(10) }, cancellationToken);

    private static bool IsUnreachable(XenVlanException e) =>
        e.ErrorId is ErrorIds.HostUnreachable or ErrorIds.HostTimeout or ErrorIds.ConnectionLost or ErrorIds.HostUnknown;

    private XenVlanException NotConfirmed(string why, Exception? cause) => new(
        ErrorIds.NotConfirmed,
        $"The change on host {Host} was not confirmed: {why} The host undoes it by itself, {_options.ConfirmTimeout.TotalSeconds:0} seconds after its last step. (Transaction {Id}.)",
        _route.Target.Name,
        cause);

    private XenVlanException Failure()
    {
        var (state, reason) = _news.State;
        var undone = _news.Steps.Count(s => s.State is StepState.Undone);
        if (_news.Steps.FirstOrDefault(s => s.State is StepState.Failed) is { } failed)
            return FailedStep(failed);
        if (state is TransactionState.Stuck)
            return new XenVlanException(ErrorIds.UndoFailed, $"The change on host {Host} was taken back ({reason}), but not wholly, so it is left in between: {Stuck()}.", _route.Target.Name);
        if (state is TransactionState.RolledBack)
        {
            var steps = string.Join("; ", _news.Steps.Where(s => s.State is StepState.Undone).Select(s => s.Step.Description));
            return new XenVlanException(
                reason.Contains("confirmed", StringComparison.Ordinal) ? ErrorIds.NotConfirmed : ErrorIds.ChangeFailed,
                $"The host {Host} took the change back: {reason}{(_plan is null && _news.Failures.Count > 0 ? $" ({string.Join("; ", _news.Failures)})" : "")}. {(undone == 0 ? "No step had been done" : $"Undone: {steps}")}. (Transaction {Id}.)",
                _route.Target.Name);
        }

        return new XenVlanException(ErrorIds.ChangeFailed, $"The change on host {Host} ended as {state}{(reason.Length > 0 ? $": {reason}" : "")}. See its journal: Get-XenTransaction (xenvlan transaction list), transaction {Id}.", _route.Target.Name);
    }

    private XenVlanException FailedStep(StepReport failed)
    {
        var who = failed.Step.FailsAs is null ? $"'{DisplayText.Clean(failed.Step.Do.Text)}'" : "It";
        var what = $"Step {failed.Number} of {failed.Count} on host {Host} failed: {failed.Step.Description}. {who} said: {failed.Said}.";
        if (_news.State.State is TransactionState.Stuck)
            return new XenVlanException(ErrorIds.UndoFailed, $"{what} Undoing failed too, so the host is left in between: {Stuck()}.", _route.Target.Name);
        var undone = _news.Steps.Count(n => n.State is StepState.Undone) switch
        {
            0 => "No step had been done before it",
            1 => "The one step before it was undone",
            var n => $"The {n} steps before it were undone",
        };
        return new XenVlanException(failed.Step.FailsAs ?? ErrorIds.ChangeFailed, $"{what} {undone}.", _route.Target.Name);
    }

    private string Stuck() => _plan is null
        ? string.Join("; ", _news.Failures)
        : string.Join("; ", _news.Steps
            .Where(s => s.State is StepState.UndoFailed)
            .Select(s => $"'{DisplayText.Clean(s.Step.Undo.Text)}' said: {s.Said}"));
}
