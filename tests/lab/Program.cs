using XenVlan.Lab.CommandLine;

return await LabCommands.RunAsync(args);
