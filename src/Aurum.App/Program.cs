using Aurum.App.Commands;

using var signals = new StopSignals(TimeProvider.System);
return await CommandLine.Run(args, CommandConsole.OfProcess(TimeProvider.System), signals.Token);
