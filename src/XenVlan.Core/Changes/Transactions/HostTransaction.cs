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
    // A follower says at least every second or so that it is alive. One that does not may only be slow: it is not given up,
    // but another one is begun beside it.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SlowToBegin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SlowToRead = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Undoing = TimeSpan.FromSeconds(30);
    private const int MostConnections = 3;

    private readonly HostAccess _route;
    private readonly ChangePlan? _plan;
    private readonly TransactionOptions _options;
    private readonly TransactionProgress _progress;
    private readonly string _id;
    private long _armedAt;
    private bool _isReached;

    private HostTransaction(HostAccess route, ChangePlan? plan, string id, TransactionOptions options)
    {
        _route = route;
        _plan = plan;
        _options = options;
        _id = id;
        _progress = new TransactionProgress(route.Target.Name, plan, options);
    }

    /// <summary>Its name on the host.</summary>
    public string Id => _progress.Id ?? _id;

    /// <summary>What became of it so far.</summary>
    public TransactionState State => _progress.State.State;

    /// <summary>The host's name.</summary>
    public string HostName => _route.Target.Name;

    /// <summary>How long the host waits to be told that it can still be reached.</summary>
    public TimeSpan ConfirmTimeout => _options.ConfirmTimeout;

    /// <summary>Whether what became of it is known.</summary>
    public bool IsOver =>
        _progress.Refused is not null
        || State
            is TransactionState.Confirmed
                or TransactionState.RolledBack
                or TransactionState.Stuck
                or TransactionState.Undone
                or TransactionState.Interrupted;

    private TimeProvider Clock => _options.Clock;

    private TimeSpan Left => _options.ConfirmTimeout - Clock.GetElapsedTime(_armedAt);

    /// <summary>Begins a plan's transaction, and waits until it is armed, or with no rollback confirmed.</summary>
    /// <param name="route">The host.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops waiting; the host is told to undo what was done.</param>
    public static async Task<HostTransaction> BeginAsync(
        HostAccess route,
        ChangePlan plan,
        TransactionOptions options,
        CancellationToken cancellationToken
    )
    {
        var transaction = new HostTransaction(route, plan, TransactionScripts.NewId(), options);
        options.Open?.Add(transaction);
        await transaction
            .StartAsync(
                TransactionScripts.Begin(plan, transaction.Id, options, transaction._progress.Mark, route.Journals),
                cancellationToken
            )
            .ConfigureAwait(false);
        return transaction;
    }

    /// <summary>Begins to undo a confirmed transaction.</summary>
    /// <param name="route">The host.</param>
    /// <param name="reverted">The one to undo; empty for the last.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<HostTransaction> BeginRevertAsync(
        HostAccess route,
        string reverted,
        TransactionOptions options,
        CancellationToken cancellationToken
    )
    {
        var transaction = new HostTransaction(route, null, TransactionScripts.NewId(), options);
        options.Open?.Add(transaction);
        await transaction
            .StartAsync(
                TransactionScripts.Revert(reverted, transaction.Id, options, transaction._progress.Mark, route.Journals),
                cancellationToken
            )
            .ConfigureAwait(false);
        return transaction;
    }

    /// <summary>A transaction that somebody began.</summary>
    /// <param name="route">The host.</param>
    /// <param name="id">Its name.</param>
    /// <param name="options">Who wants to know.</param>
    public static HostTransaction Existing(HostAccess route, string id, TransactionOptions options)
    {
        var transaction = new HostTransaction(route, null, id, options);
        options.Open?.Add(transaction);
        return transaction;
    }

    /// <summary>Reads the host over a new connection, and sees whether it is as wanted.</summary>
    public async Task<HostSnapshot> CheckAsync(CancellationToken cancellationToken)
    {
        var after = await WhileArmedAsync((connection, token) => HostReader.ReadAsync(connection, token), SlowToRead, cancellationToken)
            .ConfigureAwait(false);
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
                if (_progress.State is { State: TransactionState.RolledBack, Cause: TransactionCause.Timeout })
                    throw Failure();
                throw Errors.On(
                    plan.HostName,
                    ErrorIds.ChangeNotVisible,
                    $"All {plan.Steps.Count} steps on host {HostName} succeeded, but it does not show what was asked "
                        + $"for{(State is TransactionState.RolledBack ? ", so they were undone" : ""):unquoted}. Still missing: "
                        + $"{what:unquoted}. Something else on the host may be changing the same interfaces."
                );
            }
        }

        return after;
    }

    /// <summary>Confirms it over a new connection, and waits for its end.</summary>
    /// <returns>A task that fails when the host did not keep the change.</returns>
    public async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        if (State is TransactionState.Confirmed)
            return;
        _ = await WhileArmedAsync((connection, token) => DecideAsync(connection, "confirm", "", token), Silence, cancellationToken)
            .ConfigureAwait(false);
        if (State is not TransactionState.Confirmed)
            throw Failure();
    }

    /// <summary>Tells the host to undo it, and waits until it has.</summary>
    /// <param name="why">Why, in words.</param>
    /// <param name="cancellationToken">Stops waiting; the host goes on.</param>
    /// <returns>A task that ends when it is over.</returns>
    public async Task RollBackAsync(string why, CancellationToken cancellationToken)
    {
        if (State is TransactionState.RolledBack)
            return;
        var limit = _options.ConfirmTimeout + Undoing;
        var began = Clock.GetTimestamp();
        _ = await InsistAsync(
                (_, token) => OpenNewConnection().AskAsync(connection => DecideAsync(connection, "rollback", why, token)),
                Silence,
                () => Clock.GetElapsedTime(Math.Max(began, _progress.LastHeard)) < limit,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (State is not (TransactionState.RolledBack or TransactionState.Interrupted))
            throw Failure();
    }

    /// <summary>Says why a host did not begin or decide.</summary>
    /// <param name="hostName">The host.</param>
    /// <param name="refused">What it said: a word, a colon and a text.</param>
    internal static XenVlanException Refusal(string hostName, string refused)
    {
        var (word, text) = refused.Split(": ", 2) is [var w, var t] ? (w, t) : ("", refused);
        return word switch
        {
            "busy" => Errors.On(
                hostName,
                ErrorIds.HostBusy,
                $"Host {hostName} is being changed by {text:unquoted}. Nothing was changed. Wait for its end, or see it with "
                    + $"{new ListTransactions()}."
            ),
            "stale" => Errors.On(hostName, ErrorIds.Conflict, $"Host {hostName} was not changed: {text:unquoted}. Run it again."),
            "changed" => Errors.On(
                hostName,
                ErrorIds.ConfigurationConflict,
                $"{text:unquoted} of host {hostName} is not as it was when this was planned: somebody changed it since. Nothing was "
                    + $"changed."
            ),
            "none" => Errors.On(hostName, ErrorIds.TransactionNotFound, $"Host {hostName}: {text:unquoted}."),
            "unsafe" => Errors.On(
                hostName,
                ErrorIds.ChangeFailed,
                $"Host {hostName} was not changed: {text:unquoted}. Whoever else may write there could have root run what they like. "
                    + $"Look who made it, and remove it."
            ),
            "unknown" => Errors.On(
                hostName,
                ErrorIds.ChangeFailed,
                $"Host {hostName}: {text:unquoted}. See it with {new ListTransactions()}."
            ),
            "root" => Errors.On(hostName, ErrorIds.ChangeFailed, $"Host {hostName} was not changed: {text:unquoted}. Log in as root."),
            _ => Errors.On(hostName, ErrorIds.ChangeFailed, $"Host {hostName} was not changed: {text:unquoted}."),
        };
    }

    private async Task StartAsync(ShellScript script, CancellationToken cancellationToken)
    {
        // A change that is half read is worse than one that was not asked for.
        cancellationToken.ThrowIfCancellationRequested();
        XenVlanException? lost = null;
        var limit = _options.ConfirmTimeout + Undoing;
        try
        {
            _ = await InsistAsync(
                    (isFirst, token) =>
                        isFirst
                            ? _route.Connect().AskAsync(connection => ListenAsync(connection, script, token))
                            : OpenNewConnection()
                                .AskAsync(connection =>
                                    ListenAsync(
                                        connection,
                                        TransactionScripts.Follow(Id, "armed", _progress.Seen, _progress.Mark, _route.Journals),
                                        token
                                    )
                                ),
                    SlowToBegin,
                    () => Clock.GetElapsedTime(_progress.LastHeard) < limit,
                    cancellationToken,
                    (e, isFirst) =>
                    {
                        // What was never reached was not begun.
                        if (isFirst && e.ErrorId is not (ErrorIds.ConnectionLost or ErrorIds.HostTimeout))
                            return false;
                        if (lost is null)
                            _options.OnWarning?.Invoke(HostName, "The connection was lost while the change was made; connecting again.");
                        lost = e;
                        return true;
                    }
                )
                .ConfigureAwait(false);
        }
        catch (XenVlanException e) when (lost is not null && IsUnreachable(e))
        {
            throw NotConfirmed($"it could not be reached again: {e.Message}", e);
        }
        catch (OperationCanceledException)
        {
            await TryRollBackAsync().ConfigureAwait(false);
            throw;
        }

        // Looked for in vain, and called off.
        if (lost is not null && _progress.Refused is { } gone && gone.StartsWith("none:", StringComparison.Ordinal))
            throw Errors.Of(lost.ErrorId, $"{lost.Message:unquoted} Nothing was changed.", lost.Target, lost);
        if (_progress.Refused is { } refused)
            throw Refusal(_route.Target.Name, refused);
        if (State is not (TransactionState.Armed or TransactionState.Confirmed))
            throw Failure();
        _armedAt = Clock.GetTimestamp();
    }

    private async Task<T> WhileArmedAsync<T>(
        Func<IHostConnection, CancellationToken, Task<T>> ask,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // What was reached since the last step over a new connection is kept for the next question.
            return await InsistAsync(
                    (isFirst, token) =>
                        (isFirst && _isReached ? Connect() : OpenNewConnection()).AskAsync(connection => ask(connection, token)),
                    patience,
                    () => Left > TimeSpan.Zero,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (XenVlanException e) when (IsUnreachable(e) && State is TransactionState.Armed)
        {
            await WaitForRollbackAsync(e, cancellationToken).ConfigureAwait(false);
            throw Failure();
        }
        catch (OperationCanceledException)
        {
            await TryRollBackAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The time for confirming is over, so the host undoes the change; then it can be reached again.
    private async Task WaitForRollbackAsync(XenVlanException cause, CancellationToken cancellationToken)
    {
        var began = Clock.GetTimestamp();
        try
        {
            _ = await InsistAsync(
                    (_, token) =>
                        OpenNewConnection()
                            .AskAsync(connection =>
                                ListenAsync(
                                    connection,
                                    TransactionScripts.Follow(Id, "over", _progress.Seen, _progress.Mark, _route.Journals),
                                    token
                                )
                            ),
                    Silence,
                    () => Clock.GetElapsedTime(began) < Undoing,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (XenVlanException e) when (IsUnreachable(e))
        {
            throw NotConfirmed($"it could not be reached: {cause.Message}", e);
        }
    }

    // Asks until somebody answers. A connection that is lost, or on which nothing is heard for a while, is not waited for:
    // another one is tried beside it, and what answers first counts. So neither a host that is slow nor one whose old
    // connections are dead is given up before its time.
    private async Task<T> InsistAsync<T>(
        Func<bool, CancellationToken, Task<T>> attempt,
        TimeSpan patience,
        Func<bool> isInTime,
        CancellationToken cancellationToken,
        Func<XenVlanException, bool, bool>? goesOn = null
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = attempt(true, end.Token);
        var all = new List<Task<T>> { first };
        var began = Clock.GetTimestamp();
        XenVlanException? last = null;
        try
        {
            while (true)
            {
                _ = await Task.WhenAny([.. all, Task.Delay(TimeSpan.FromMilliseconds(all.Count == 0 ? 500 : 1000), Clock, end.Token)])
                    .ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var one in all.Where(t => t.IsCompleted).ToList())
                {
                    try
                    {
                        return await one.ConfigureAwait(false);
                    }
                    catch (XenVlanException e) when (IsUnreachable(e) && (goesOn is null || goesOn(e, one == first)))
                    {
                        last = e;
                        all.Remove(one);
                    }
                }

                // Those that are on their way when the time is over are given a little more.
                if (!isInTime() && (all.Count == 0 || Clock.GetElapsedTime(began) > _options.ConfirmTimeout + Undoing))
                    throw last ?? Errors.On(HostName, ErrorIds.HostTimeout, $"Host {HostName} did not answer in time.");
                var isSilent = Clock.GetElapsedTime(Math.Max(began, _progress.LastHeard)) > patience;
                if (all.Count == 0 || (isSilent && all.Count < MostConnections && isInTime()))
                {
                    began = Clock.GetTimestamp();
                    all.Add(attempt(false, end.Token));
                }
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(all)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whoever interrupts a change is told what the host does, however long that takes to hear.
    private async Task TryRollBackAsync()
    {
        try
        {
            await RollBackAsync("it was stopped", CancellationToken.None).ConfigureAwait(false);
            _options.OnProgress?.Invoke(
                HostName,
                State is TransactionState.RolledBack ? "The host has undone the change." : "Nothing of the change is left."
            );
        }
        catch (XenVlanException e) when (e.ErrorId is ErrorIds.TransactionNotFound)
        {
            _options.OnProgress?.Invoke(HostName, "Nothing was changed.");
        }
        catch (XenVlanException e) when (IsUnreachable(e))
        {
            var byItself = _options.NoRollback
                ? "it keeps the change unless a step fails"
                : $"it undoes the change by itself within {_options.ConfirmTimeout.TotalSeconds:0} seconds of its last step";
            _options.OnWarning?.Invoke(
                HostName,
                $"The host could not be told to undo the change: {e.Message} What it does is not known: {byItself}."
            );
        }
        catch (XenVlanException e)
        {
            _options.OnWarning?.Invoke(HostName, e.Message);
        }
    }

    private SshSettings Patient =>
        _route.Settings.ConnectTimeout < Reconnect ? _route.Settings with { ConnectTimeout = Reconnect } : _route.Settings;

    private IHostConnection OpenNewConnection() => _route.Connector.OpenNewConnection(_route.Target, Patient);

    private IHostConnection Connect() => _route.Connector.Connect(_route.Target, Patient);

    private async Task<bool> DecideAsync(IHostConnection connection, string decision, string why, CancellationToken cancellationToken)
    {
        await ListenAsync(
                connection,
                TransactionScripts.Decide(Id, decision, why, _progress.Seen, _progress.Mark, _route.Journals),
                cancellationToken
            )
            .ConfigureAwait(false);
        return _progress.Refused is { } refused ? throw Refusal(_route.Target.Name, refused) : true;
    }

    private Task<ScriptResult> ListenAsync(IHostConnection connection, ShellScript script, CancellationToken cancellationToken) =>
        connection.RunAsync(
            script,
            ScriptOptions.Changing with
            {
                OnLine = _progress.Receive,
                KeepsOutput = false,
                MaximumOutput = ScriptOptions.MostPassing,
                Silence = TimeSpan.FromSeconds(60),
                Timeout = TimeSpan.FromMinutes(10),
            },
            cancellationToken
        );

    private static bool IsUnreachable(XenVlanException e) =>
        e.ErrorId is ErrorIds.HostUnreachable or ErrorIds.HostTimeout or ErrorIds.ConnectionLost or ErrorIds.HostUnknown;

    private XenVlanException NotConfirmed(string why, Exception? cause) =>
        _route.Target.Error(
            ErrorIds.NotConfirmed,
            $"The change on host {HostName} was not confirmed: {why:unquoted} The host undoes it by itself, "
                + $"{_options.ConfirmTimeout.TotalSeconds:0} seconds after its last step. (Transaction {Id:unquoted}.)",
            cause
        );

    private XenVlanException Failure()
    {
        var (state, cause, reason) = _progress.State;
        var undone = _progress.Steps.Count(s => s.State is StepState.Undone);
        if (_progress.Steps.FirstOrDefault(s => s.State is StepState.Failed) is { } failed)
            return FailedStep(failed);
        if (state is TransactionState.Stuck)
            return _route.Target.Error(
                ErrorIds.UndoFailed,
                $"The change on host {HostName} was undone ({reason:unquoted}), but not wholly, so it is left in between: "
                    + $"{Stuck():unquoted}."
            );
        if (state is TransactionState.RolledBack)
        {
            var steps = string.Join("; ", _progress.Steps.Where(s => s.State is StepState.Undone).Select(s => s.Step.Description));
            var failures = _plan is null && _progress.Failures.Count > 0 ? $" ({string.Join("; ", _progress.Failures)})" : "";
            var done =
                undone > 0 ? $"Undone: {steps}"
                : _progress.IsWhole ? "No step had been done"
                : "Which steps had been done was not heard";
            return _route.Target.Error(
                cause is TransactionCause.Timeout ? ErrorIds.NotConfirmed : ErrorIds.ChangeFailed,
                $"The host {HostName} undid the change: {reason:unquoted}{failures:unquoted}. {done:unquoted}. (Transaction "
                    + $"{Id:unquoted}.)"
            );
        }

        return _route.Target.Error(
            ErrorIds.ChangeFailed,
            $"The change on host {HostName} ended as {state}{(reason.Length > 0 ? $": {reason}" : ""):unquoted}. See its journal: "
                + $"{new ListTransactions()}, transaction {Id:unquoted}."
        );
    }

    private XenVlanException FailedStep(StepReport failed)
    {
        var output = failed.Step.FailsAs is null ? $"'{DisplayText.Clean(failed.Step.Do.Text)}' said" : "Output";
        var what = Message.Of(
            $"Step {failed.Number} of {failed.Count} on host {HostName} failed: {failed.Step.Description:unquoted}. "
                + $"{output:unquoted}: {failed.Said:unquoted}."
        );
        if (_progress.State.State is TransactionState.Stuck)
            return _route.Target.Error(
                ErrorIds.UndoFailed,
                $"{what} Undoing failed too, so the host is left in between: {Stuck():unquoted}."
            );
        return _route.Target.Error(failed.Step.FailsAs ?? ErrorIds.ChangeFailed, $"{what} {Afterwards(failed.Number):unquoted}.");
    }

    private string Afterwards(int failed)
    {
        if (State is not TransactionState.RolledBack)
            return $"The change ended as {State}; see its journal";
        if (!_progress.IsWhole)
            return "The host has undone what had been done";
        var undone = _progress.Steps.Where(n => n.State is StepState.Undone).Select(n => n.Number).ToHashSet();
        var itself = undone.Remove(failed) ? "It was undone. " : "";
        return itself
            + undone.Count switch
            {
                0 => "No step had been done before it",
                1 => "The one step before it was undone",
                var n => $"The {n} steps before it were undone",
            };
    }

    private string Stuck()
    {
        var failures = _plan is null
            ? _progress.Failures
            : _progress
                .Steps.Where(s => s.State is StepState.UndoFailed)
                .Select(s => $"'{DisplayText.Clean(s.Step.Undo.Text)}' said: {s.Said}");
        var all = string.Join("; ", _progress.Differs is { } differs ? failures.Append(differs) : failures);
        return all.Length > 0 ? all : "see its journal";
    }
}
