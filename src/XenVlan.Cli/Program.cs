using XenVlan.Cli;

return await new CliApplication(CliEnvironment.OfProcess()).RunAsync(args, CancellationToken.None).ConfigureAwait(false);
