using Aurum.App.Commands;

return await CommandLine.Run(args, CommandConsole.OfProcess(TimeProvider.System));
