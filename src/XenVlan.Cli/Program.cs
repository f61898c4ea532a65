using XenVlan.Cli;
using XenVlan.Cli.Running;

var environment = CliEnvironment.OfProcess();
using var interruption = new Interruption(environment);
return await new CliApplication(environment).RunAsync(args, interruption.Token).ConfigureAwait(false);
