using XenVlan.Cli;

var environment = CliEnvironment.OfProcess();
using var interruption = new Interruption(environment);
return await new CliApplication(environment).RunAsync(args, interruption.Token).ConfigureAwait(false);
